"""The Customer resource and the addresses of orders."""

from typing import Any

from sandbox.shopify.state.customers import Customer
from sandbox.shopify.state.moments import in_shop_time
from sandbox.shopify.state.shops import Shop


def customer(shop: Shop, person: Customer) -> dict[str, Any]:
    body = {**customer_of_order(shop, person)}
    default_address = body.pop("default_address")
    return {**body, "addresses": [default_address], "default_address": default_address}


def customer_of_order(shop: Shop, person: Customer) -> dict[str, Any]:
    return {
        "id": person.id,
        "created_at": in_shop_time(person.created_at, shop.timezone),
        "updated_at": in_shop_time(person.updated_at, shop.timezone),
        "first_name": person.first_name,
        "last_name": person.last_name,
        "state": "disabled",
        "note": None,
        "verified_email": True,
        "multipass_identifier": None,
        "tax_exempt": False,
        "email": person.email,
        "phone": None,
        "currency": shop.currency,
        "tax_exemptions": [],
        "admin_graphql_api_id": f"gid://shopify/Customer/{person.id}",
        "default_address": _default_address(person),
    }


def address_of_order(person: Customer) -> dict[str, Any]:
    """`billing_address` and `shipping_address`: no ids, but coordinates (unknown here)."""
    address = person.address
    return {
        "first_name": person.first_name,
        "address1": address.address1,
        "phone": address.phone,
        "city": address.city,
        "zip": address.zip,
        "province": address.province,
        "country": address.country,
        "last_name": person.last_name,
        "address2": None,
        "company": None,
        "latitude": None,
        "longitude": None,
        "name": person.name,
        "country_code": address.country_code,
        "province_code": address.province_code,
    }


def _default_address(person: Customer) -> dict[str, Any]:
    address = person.address
    return {
        "id": address.id,
        "customer_id": person.id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "company": None,
        "address1": address.address1,
        "address2": None,
        "city": address.city,
        "province": address.province,
        "country": address.country,
        "zip": address.zip,
        "phone": address.phone,
        "name": person.name,
        "province_code": address.province_code,
        "country_code": address.country_code,
        "country_name": address.country,
        "default": True,
    }
