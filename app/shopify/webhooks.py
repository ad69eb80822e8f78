"""A webhook request's headers, read strictly: they are not signed, so nothing in them is trusted
beyond its form.

Source: shopify.dev, "Webhooks: HTTPS headers"; the Events preview drops the `X-`.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from app.domain import shops
from app.domain.deliveries import Delivery
from app.errors import HeaderMissing, InputInvalid
from app.shopify import topics

_LONGEST = 255  # no header of Shopify's comes near; keeps index rows small


def signature_of(headers: Mapping[str, str]) -> str | None:
    return _header(headers, "hmac-sha256")


def parse(headers: Mapping[str, str], body: bytes) -> Delivery:
    """Raises HeaderMissing, or InputInvalid where a header has an impossible value."""
    return Delivery(
        shop=_shop(_required(headers, "shop-domain")),
        webhook_id=_required(headers, "webhook-id"),
        topic=_topic(_required(headers, "topic").lower()),
        api_version=_required(headers, "api-version"),
        triggered_at=_moment(_header(headers, "triggered-at")),
        headers=_shopifys_own(headers),
        body=body,
    )


def _header(headers: Mapping[str, str], name: str) -> str | None:
    return headers.get(f"x-shopify-{name}") or headers.get(f"shopify-{name}")


def _required(headers: Mapping[str, str], name: str) -> str:
    value = _header(headers, name)
    if not value:
        raise HeaderMissing(f"The header X-Shopify-{name.title()} is missing.")
    if len(value) > _LONGEST or not value.isprintable():
        raise InputInvalid(f"The header X-Shopify-{name.title()} is not readable.")
    return value


def _shop(domain: str) -> str:
    if not shops.is_domain(domain):
        raise InputInvalid("The header X-Shopify-Shop-Domain names no shop.")
    return domain


def _topic(topic: str) -> str:
    if topic.startswith(topics.OWN):
        raise InputInvalid("The header X-Shopify-Topic names no topic of Shopify's.")
    return topic


def _moment(text: str | None) -> datetime | None:
    """None for a missing or odd one: it only breaks ties."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _shopifys_own(headers: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value[:_LONGEST]
        for name, value in headers.items()
        if name.startswith(("x-shopify-", "shopify-")) and value.isprintable()
    }
