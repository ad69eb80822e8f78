"""How Shopify opens an app: the query of the frame, with a fresh ID token."""

import base64
import math
import secrets
import time

from sandbox.shopify import id_tokens
from sandbox.shopify.options import store_name
from sandbox.shopify.signatures import query_signature
from sandbox.shopify.stand_in import StandIn
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.state.staff import Staff


def app_query(stand_in: StandIn, shop: Shop, staff: Staff) -> dict[str, str]:
    """All parameters in the order of the real admin, `hmac` over the rest."""
    signed = {
        "embedded": "1",
        "host": host(shop.domain),
        "id_token": id_token(stand_in, shop, staff),
        "locale": "en",
        "session": secrets.token_hex(32),
        "shop": shop.domain,
        "timestamp": str(int(time.time())),
    }
    return {"hmac": query_signature(stand_in.options.api_secret, signed), **signed}


def id_token(stand_in: StandIn, shop: Shop, staff: Staff, *, is_retry: bool = False) -> str:
    """For the frame, for App Bridge, and for whoever acts in a person's name."""
    claims = id_tokens.claims(
        shop.domain,
        stand_in.options.api_key,
        staff.id,
        expires_in=_seconds_left(stand_in, is_retry=is_retry),
    )
    return id_tokens.encode(claims, stand_in.options.api_secret)


def _seconds_left(stand_in: StandIn, *, is_retry: bool) -> int:
    """A minute, unless Shopify is rude about it."""
    rudeness = stand_in.rudeness
    stand_in.id_tokens_given += 1
    if rudeness.next_id_tokens_stale:
        rudeness.next_id_tokens_stale -= 1
        return -id_tokens.LIFE
    if rudeness.expired_tokens and not is_retry and stand_in.id_tokens_given % 2 == 0:
        return -id_tokens.LIFE
    if rudeness.tokens_expire_after_ms:
        # Whoever checks allows for clocks that differ.
        life = time.time() % 1 + rudeness.tokens_expire_after_ms / 1000
        return math.ceil(life) - id_tokens.LEEWAY
    return id_tokens.LIFE


def host(shop: str) -> str:
    """`admin.shopify.com/store/{name}` in base64 without padding."""
    raw = f"admin.shopify.com/store/{store_name(shop)}".encode()
    return base64.b64encode(raw).rstrip(b"=").decode()
