"""A shop as the Admin API describes it."""

import msgspec

from app.domain.shops import ShopFacts
from app.shopify.queries import Query


class _Localization(msgspec.Struct, rename="camel"):
    default_locale: str = ""


class _Domain(msgspec.Struct):
    url: str
    localization: _Localization | None = None


class _Plan(msgspec.Struct, rename="camel"):
    public_display_name: str = ""


class _Shop(msgspec.Struct, rename="camel"):
    name: str
    currency_code: str
    iana_timezone: str
    primary_domain: _Domain
    plan: _Plan


class _Answer(msgspec.Struct):
    shop: _Shop


SHOP: Query[ShopFacts] = Query("shop", _Answer, lambda answer: _facts(answer.shop))


def _facts(shop: _Shop) -> ShopFacts:
    """`shopLocales` would need a scope of its own, so the main address tells the language."""
    localization = shop.primary_domain.localization
    return ShopFacts(
        name=shop.name,
        url=shop.primary_domain.url,
        currency=shop.currency_code,
        timezone=shop.iana_timezone,
        locale=localization.default_locale if localization else "",
        plan=shop.plan.public_display_name,
    )
