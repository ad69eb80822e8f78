"""Shopify's signatures, written a second time so that a mistake in the app shows."""

import base64
import hashlib
import hmac
from urllib.parse import quote


def webhook_signature(secret: str, body: bytes) -> str:
    """`X-Shopify-Hmac-Sha256`: base64 over the raw body."""
    return base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()


def query_signature(secret: str, parameters: dict[str, str]) -> str:
    """`hmac` of a query: sorted pairs, form-encoded, joined with `&`, in hex."""
    pairs = (
        f"{quote(name, safe='')}={quote(value, safe='')}"
        for name, value in sorted(parameters.items())
    )
    return hmac.new(secret.encode(), "&".join(pairs).encode(), hashlib.sha256).hexdigest()
