"""The Shop resource (`app/uninstalled`, `shop/update`) and the topics about privacy."""

from typing import Any

from sandbox.shopify.cast.goods import OPENED
from sandbox.shopify.state.customers import Customer
from sandbox.shopify.state.installations import Installation
from sandbox.shopify.state.moments import in_shop_time, in_utc, now
from sandbox.shopify.state.shops import Shop

_PLAN_NAMES = {"Development": "partner_test", "Shopify Plus": "shopify_plus"}


def shop(described: Shop) -> dict[str, Any]:
    return {**_place(described), **_business(described)}


def customers_redact(described: Shop, person: Customer, orders: list[int]) -> dict[str, Any]:
    return {**_about(described, person), "orders_to_redact": orders}


def customers_data_request(
    described: Shop, person: Customer, orders: list[int], request_id: int
) -> dict[str, Any]:
    about = _about(described, person)
    return {**about, "orders_requested": orders, "data_request": {"id": request_id}}


def shop_redact(described: Shop) -> dict[str, Any]:
    return {"shop_id": described.id, "shop_domain": described.domain}


def scopes_update(
    described: Shop, installation: Installation, previous: tuple[str, ...]
) -> dict[str, Any]:
    return {
        "id": installation.id,
        "shop_id": f"gid://shopify/Shop/{described.id}",
        "previous": list(previous),
        "current": list(installation.scopes),
        "updated_at": in_utc(now()),
    }


def _about(described: Shop, person: Customer) -> dict[str, Any]:
    customer = {"id": person.id, "email": person.email, "phone": person.address.phone}
    return {**shop_redact(described), "customer": customer}


def _place(described: Shop) -> dict[str, Any]:
    opened = in_shop_time(OPENED, described.timezone)
    return {
        "id": described.id,
        "name": described.name,
        "email": described.email,
        "domain": described.domain,
        "province": None,
        "country": described.country_code,
        "address1": described.address,
        "zip": described.zip,
        "city": described.city,
        "source": None,
        "phone": None,
        "latitude": None,
        "longitude": None,
        "primary_locale": described.locale,
        "address2": None,
        "created_at": opened,
        "updated_at": opened,
        "country_code": described.country_code,
        "country_name": described.country,
        "currency": described.currency,
        "customer_email": described.email,
        "timezone": f"(GMT+01:00) {described.timezone}",
        "iana_timezone": described.timezone,
        "shop_owner": described.owner.name,
    }


def _business(described: Shop) -> dict[str, Any]:
    money = described.money_format
    with_currency = f"{money} {described.currency}"
    return {
        "money_format": money,
        "money_with_currency_format": with_currency,
        "weight_unit": "kg",
        "province_code": None,
        "taxes_included": True,
        "auto_configure_tax_inclusivity": None,
        "tax_shipping": None,
        "county_taxes": True,
        "plan_display_name": described.plan,
        "plan_name": _PLAN_NAMES.get(described.plan, described.plan.lower()),
        "has_discounts": False,
        "has_gift_cards": False,
        "myshopify_domain": described.domain,
        "google_apps_domain": None,
        "google_apps_login_enabled": None,
        "money_in_emails_format": money,
        "money_with_currency_in_emails_format": with_currency,
        "eligible_for_payments": True,
        "requires_extra_payments_agreement": False,
        "password_enabled": False,
        "has_storefront": True,
        "finances": True,
        "primary_location_id": described.location_id,
        "checkout_api_supported": True,
        "multi_location_enabled": False,
        "setup_required": False,
        "pre_launch_enabled": False,
        "enabled_presentment_currencies": [described.currency],
        "marketing_sms_consent_enabled_at_checkout": False,
        "transactional_sms_disabled": False,
    }
