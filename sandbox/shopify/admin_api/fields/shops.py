"""`shop` and `shopLocales`."""

from typing import Any

from sandbox.shopify.admin_api.calls import Call
from sandbox.shopify.admin_api.gids import gid

Json = dict[str, Any]


def shop(info: Any) -> Json:
    call: Call = info.context
    asked = call.shop
    return {
        "__typename": "Shop",
        "id": gid("Shop", asked.id),
        "name": asked.name,
        "email": asked.email,
        "contactEmail": asked.email,
        "shopOwnerName": asked.owner.name,
        "myshopifyDomain": asked.domain,
        "url": call.origin,
        "primaryDomain": {
            "__typename": "Domain",
            "id": gid("Domain", asked.id),
            "host": call.origin.partition("://")[2],
            "url": call.origin,
            "sslEnabled": call.origin.startswith("https:"),
            "localization": {
                "__typename": "DomainLocalization",
                "defaultLocale": asked.locale,
                "alternateLocales": [],
                "country": asked.country_code,
            },
        },
        "currencyCode": asked.currency,
        "enabledPresentmentCurrencies": [asked.currency],
        "ianaTimezone": asked.timezone,
        "taxesIncluded": True,
        "setupRequired": False,
        "plan": {
            "__typename": "ShopPlan",
            "displayName": asked.plan,
            "publicDisplayName": asked.plan,
            "partnerDevelopment": asked.plan == "Development",
            "shopifyPlus": asked.plan == "Shopify Plus",
        },
        "shopAddress": {
            "__typename": "ShopAddress",
            "address1": asked.address,
            "zip": asked.zip,
            "city": asked.city,
            "country": asked.country,
            "countryCodeV2": asked.country_code,
        },
    }


def shop_locales(info: Any, published: bool = False) -> list[Json]:
    call: Call = info.context
    return [
        {
            "__typename": "ShopLocale",
            "locale": call.shop.locale,
            "name": call.shop.locale,
            "primary": True,
            "published": True,
        }
    ]


ANSWERS = {"shop": shop, "shopLocales": shop_locales}
