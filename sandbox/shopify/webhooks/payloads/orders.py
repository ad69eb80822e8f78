"""The Order resource: all topics of `orders/` carry the whole of it."""

from typing import Any

from sandbox.shopify.options import store_name
from sandbox.shopify.state.moments import in_shop_time
from sandbox.shopify.state.orders import Line, Order
from sandbox.shopify.webhooks.payloads.customers import address_of_order, customer_of_order
from sandbox.shopify.webhooks.payloads.lines import (
    NOTHING,
    fulfillment,
    line_item,
    refund,
    shipping_line,
)
from sandbox.shopify.webhooks.payloads.money import amount, money_set


def order(made: Order, storefront: str) -> dict[str, Any]:
    """`storefront` is the origin of the shop's pages."""
    return {
        **_identity(made),
        **_current_money(made),
        **_circumstances(made, storefront),
        **_money(made),
        **_people_and_parts(made),
    }


def order_edit(made: Order, added: Line, edit_id: int) -> dict[str, Any]:
    """The body of `orders/edited`, the one topic of orders that tells only the change."""
    nothing: dict[str, Any] = {"additions": [], "removals": []}
    return {
        "order_edit": {
            "id": edit_id,
            "app_id": None,
            "created_at": in_shop_time(made.updated_at, made.shop.timezone),
            "notify_customer": False,
            "order_id": made.id,
            "staff_note": "",
            "user_id": made.shop.owner.id,
            "line_items": {
                "additions": [{"id": added.id, "delta": added.quantity}],
                "removals": [],
            },
            "discounts": {"line_item": nothing, "order": nothing},
            "shipping_lines": nothing,
        }
    }


def _identity(made: Order) -> dict[str, Any]:
    zone = made.shop.timezone
    cancelled = made.cancelled_at
    return {
        "id": made.id,
        "admin_graphql_api_id": f"gid://shopify/Order/{made.id}",
        "app_id": 580111,
        "browser_ip": "192.0.2.17",
        "buyer_accepts_marketing": False,
        "cancel_reason": made.cancel_reason,
        "cancelled_at": None if cancelled is None else in_shop_time(cancelled, zone),
        "cart_token": made.cart_token,
        "checkout_token": made.token[::-1],
        "client_details": None,
        "closed_at": None,
        "confirmation_number": made.token[:9].upper(),
        "confirmed": True,
        "contact_email": made.customer.email,
        "created_at": in_shop_time(made.created_at, zone),
        "currency": made.shop.currency,
    }


def _current_money(made: Order) -> dict[str, Any]:
    currency = made.shop.currency
    free = money_set(NOTHING, currency)
    current = made.current_subtotal
    return {
        "current_shipping_price_set": free,
        "current_subtotal_price": amount(current),
        "current_subtotal_price_set": money_set(current, currency),
        "current_total_additional_fees_set": None,
        "current_total_discounts": "0.00",
        "current_total_discounts_set": free,
        "current_total_duties_set": None,
        "current_total_price": amount(current),
        "current_total_price_set": money_set(current, currency),
        "current_total_tax": "0.00",
        "current_total_tax_set": free,
    }


def _circumstances(made: Order, storefront: str) -> dict[str, Any]:
    return {
        "customer_locale": made.customer.locale,
        "device_id": None,
        "discount_codes": [],
        "duties_included": False,
        "email": made.customer.email,
        "estimated_taxes": False,
        "financial_status": made.financial_status,
        "fulfillment_status": made.fulfillment_status,
        "landing_site": "/",
        "landing_site_ref": None,
        "location_id": None,
        "merchant_business_entity_id": store_name(made.shop.domain),
        "merchant_of_record_app_id": None,
        "name": made.name,
        "note": None,
        "note_attributes": [
            {"name": name, "value": value} for name, value in made.note_attributes.items()
        ],
        "number": made.number - 1000,
        "order_number": made.number,
        "order_status_url": f"{storefront}/thanks/{made.token}",
        "original_total_additional_fees_set": None,
        "original_total_duties_set": None,
        "payment_gateway_names": ["bogus"] if made.is_paid else [],
        "phone": None,
        "po_number": None,
        "presentment_currency": made.shop.currency,
        "processed_at": in_shop_time(made.created_at, made.shop.timezone),
        "reference": None,
        "referring_site": None,
        "source_identifier": None,
        "source_name": "web",
        "source_url": None,
    }


def _money(made: Order) -> dict[str, Any]:
    currency = made.shop.currency
    free = money_set(NOTHING, currency)
    subtotal = made.subtotal
    outstanding = NOTHING if made.is_paid else made.current_subtotal
    return {
        "subtotal_price": amount(subtotal),
        "subtotal_price_set": money_set(subtotal, currency),
        "tags": "",
        "tax_exempt": False,
        "tax_lines": [],
        "taxes_included": True,
        "test": made.test,
        "token": made.token,
        "total_cash_rounding_payment_adjustment_set": free,
        "total_cash_rounding_refund_adjustment_set": free,
        "total_discounts": "0.00",
        "total_discounts_set": free,
        "total_line_items_price": amount(subtotal),
        "total_line_items_price_set": money_set(subtotal, currency),
        "total_outstanding": amount(outstanding),
        "total_price": amount(subtotal),
        "total_price_set": money_set(subtotal, currency),
        "total_shipping_price_set": free,
        "total_tax": "0.00",
        "total_tax_set": free,
        "total_tip_received": "0.00",
        "total_weight": 450 * sum(line.quantity for line in made.lines),
        "updated_at": in_shop_time(made.updated_at, made.shop.timezone),
        "user_id": None,
    }


def _people_and_parts(made: Order) -> dict[str, Any]:
    return {
        "billing_address": address_of_order(made.customer),
        "customer": customer_of_order(made.shop, made.customer),
        "discount_applications": [],
        "fulfillments": [fulfillment(made, done) for done in made.fulfillments],
        "line_items": [line_item(made, line) for line in made.lines],
        "payment_terms": None,
        "refunds": [refund(made, done) for done in made.refunds],
        "shipping_address": address_of_order(made.customer),
        "shipping_lines": [shipping_line(made)],
        "returns": [],
        "line_item_groups": [],
    }
