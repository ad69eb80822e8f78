"""The authorization code grant, for shops without managed installation.

Source: shopify.dev, "Implement authorization code grant manually".
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import quote, urlencode

from app.config import Settings
from app.domain import shops
from app.domain.discretion import Discreet
from app.errors import AuthorizationRefused

_LATEST = 90  # seconds; Shopify's own library allows as much


class Consent(Discreet, frozen=True):
    """What Shopify says when a merchant has agreed."""

    shop: str
    code: str
    state: str


def address(settings: Settings, shop: str, state: str) -> str:
    """Where the merchant agrees to the scopes."""
    query = {
        "client_id": settings.shopify_api_key,
        "scope": ",".join(settings.shopify_scopes),
        "redirect_uri": f"{settings.app_base_url}/auth/callback",
        "state": state,
    }
    return f"{settings.shop_url(shop)}/admin/oauth/authorize?{urlencode(query)}"


def read(query: Sequence[tuple[str, str]], secrets: Iterable[str], now: datetime) -> Consent:
    """The consent in a callback's query; raises AuthorizationRefused."""
    given = dict(query)
    if len(given) != len(query):
        raise AuthorizationRefused("The address holds a parameter twice.")
    if not _is_signed(given, secrets):
        raise AuthorizationRefused("The address was not signed by Shopify.")
    if not _is_recent(given.get("timestamp", ""), now):
        raise AuthorizationRefused("The address is too old.")
    shop, code, state = (given.get(name, "") for name in ("shop", "code", "state"))
    if not shops.is_domain(shop) or not code or not state:
        raise AuthorizationRefused("The address lacks a shop, a code or a state.")
    return Consent(shop, code, state)


def _is_signed(given: dict[str, str], secrets: Iterable[str]) -> bool:
    signature = given.get("hmac", "").encode()
    signed = sorted((k, v) for k, v in given.items() if k not in ("hmac", "signature"))
    text = "&".join(f"{quote(k, safe='')}={quote(v, safe='')}" for k, v in signed).encode()
    digests = [hmac.new(secret.encode(), text, hashlib.sha256).hexdigest() for secret in secrets]
    matches = [hmac.compare_digest(signature, digest.encode()) for digest in digests]
    return any(matches)


def _is_recent(timestamp: str, now: datetime) -> bool:
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 12):
        return False
    return abs(now.timestamp() - int(timestamp)) <= _LATEST
