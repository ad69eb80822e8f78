"""What is inside an order: line items, shipping, refunds, fulfilments."""

from decimal import Decimal
from typing import Any

from sandbox.shopify.state.moments import in_shop_time
from sandbox.shopify.state.orders import Fulfillment, Line, Order, Refund, RefundLine
from sandbox.shopify.webhooks.payloads.money import amount, money_set

NOTHING = Decimal(0)


def line_item(order: Order, line: Line) -> dict[str, Any]:
    currency = order.shop.currency
    variant_title = None if line.variant.title == "Default Title" else line.variant.title
    fulfilled = order.fulfillment_status == "fulfilled"
    return {
        "id": line.id,
        "admin_graphql_api_id": f"gid://shopify/LineItem/{line.id}",
        "attributed_staffs": [],
        "current_quantity": line.current_quantity,
        "fulfillable_quantity": 0 if fulfilled else line.current_quantity,
        "fulfillment_service": "manual",
        "fulfillment_status": "fulfilled" if fulfilled else None,
        "gift_card": False,
        "grams": 450,
        "name": f"{line.title} - {variant_title}" if variant_title else line.title,
        "price": amount(line.price),
        "price_set": money_set(line.price, currency),
        "product_exists": True,
        "product_id": line.product.id,
        "properties": [],
        "quantity": line.quantity,
        "requires_shipping": True,
        "sales_line_item_group_id": None,
        "sku": line.variant.sku,
        "taxable": True,
        "title": line.title,
        "total_discount": "0.00",
        "total_discount_set": money_set(NOTHING, currency),
        "variant_id": line.variant.id,
        "variant_inventory_management": "shopify",
        "variant_title": variant_title,
        "vendor": line.product.vendor,
        "tax_lines": [],
        "duties": [],
        "discount_allocations": [],
    }


def shipping_line(order: Order) -> dict[str, Any]:
    free = money_set(NOTHING, order.shop.currency)
    return {
        "id": order.id - 1,
        "carrier_identifier": None,
        "code": "Standard",
        "current_discounted_price_set": free,
        "discounted_price": "0.00",
        "discounted_price_set": free,
        "is_removed": False,
        "phone": None,
        "price": "0.00",
        "price_set": free,
        "requested_fulfillment_service_id": None,
        "source": "shopify",
        "title": "Standard",
        "tax_lines": [],
        "discount_allocations": [],
    }


def fulfillment(order: Order, made: Fulfillment) -> dict[str, Any]:
    moment = in_shop_time(made.created_at, order.shop.timezone)
    return {
        "id": made.id,
        "admin_graphql_api_id": f"gid://shopify/Fulfillment/{made.id}",
        "created_at": moment,
        "location_id": order.shop.location_id,
        "name": f"{order.name}.1",
        "order_id": order.id,
        "origin_address": {},
        "receipt": {},
        "service": "manual",
        "shipment_status": None,
        "status": "success",
        "tracking_company": None,
        "tracking_number": None,
        "tracking_numbers": [],
        "tracking_url": None,
        "tracking_urls": [],
        "updated_at": moment,
        "line_items": [line_item(order, line) for line in order.lines],
    }


def refund(order: Order, made: Refund) -> dict[str, Any]:
    """The Refund resource: a part of orders, and the body of `refunds/create`."""
    moment = in_shop_time(made.created_at, order.shop.timezone)
    return {
        "id": made.id,
        "admin_graphql_api_id": f"gid://shopify/Refund/{made.id}",
        "created_at": moment,
        "note": None,
        "order_id": order.id,
        "processed_at": moment,
        "restock": True,
        "total_duties_set": money_set(NOTHING, order.shop.currency),
        "total_additional_fees_set": money_set(NOTHING, order.shop.currency),
        "additional_fees": [],
        "user_id": order.shop.owner.id,
        "order_adjustments": [],
        "transactions": [_transaction(order, made, moment)],
        "refund_line_items": [_refund_line(order, line) for line in made.lines],
        "refund_shipping_lines": [],
        "duties": [],
        "return": None,
    }


def _refund_line(order: Order, made: RefundLine) -> dict[str, Any]:
    currency = order.shop.currency
    return {
        "id": made.id,
        "line_item_id": made.line.id,
        "location_id": order.shop.location_id,
        "quantity": made.quantity,
        "restock_type": "return",
        "subtotal": float(made.subtotal),
        "subtotal_set": money_set(made.subtotal, currency),
        "total_tax": 0.0,
        "total_tax_set": money_set(NOTHING, currency),
        "line_item": line_item(order, made.line),
    }


def _transaction(order: Order, made: Refund, moment: str) -> dict[str, Any]:
    return {
        "id": made.transaction_id,
        "admin_graphql_api_id": f"gid://shopify/OrderTransaction/{made.transaction_id}",
        "amount": amount(made.amount),
        "amount_rounding": None,
        "authorization": None,
        "created_at": moment,
        "currency": order.shop.currency,
        "device_id": None,
        "error_code": None,
        "gateway": "bogus",
        "kind": "refund",
        "location_id": None,
        "manual_payment_gateway": False,
        "message": "Transaction approved",
        "order_id": order.id,
        "parent_id": None,
        "payment_id": f"{order.name}.refund",
        "processed_at": moment,
        "receipt": {},
        "source_name": "web",
        "status": "success",
        "test": order.test,
        "total_unsettled_set": money_set(NOTHING, order.shop.currency),
        "user_id": None,
    }
