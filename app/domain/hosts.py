"""The `host` parameter: where in the admin the app was opened, as Shopify encodes it.

Anyone may write anything there, so only the two forms that Shopify uses are understood.
"""

import base64
import binascii
import re

from app.domain import shops

_LONGEST = 500
_STORE = re.compile(r"(?P<admin>[a-z0-9.:-]+)/store/(?P<name>[a-z0-9][a-z0-9-]{0,59})", re.ASCII)
_LEGACY = re.compile(r"(?P<shop>[a-z0-9.-]+)/admin", re.ASCII)


def shop_of(host: str, admin: str) -> str | None:
    """The shop behind `admin.shopify.com/store/{name}` or `{shop}/admin`, in base64.

    `admin` is the admin's own host and port. None for whatever is neither.
    """
    text = _decoded(host)
    store = _STORE.fullmatch(text)
    if store:
        return f"{store['name']}.myshopify.com" if store["admin"] == admin else None
    legacy = _LEGACY.fullmatch(text)
    return legacy["shop"] if legacy and shops.is_domain(legacy["shop"]) else None


def _decoded(host: str) -> str:
    """Shopify leaves the padding out; empty for what is no base64."""
    if len(host) > _LONGEST:
        return ""
    bare = host.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        return ""
