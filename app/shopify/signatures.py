"""Shopify's webhook signature: base64 HMAC-SHA256 with the client secret over the raw body.

Source: shopify.dev, "Verify webhook deliveries".
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable

from app.errors import SignatureMismatch


def verify(body: bytes, signature: str | None, secrets: Iterable[str]) -> None:
    """Raises SignatureMismatch unless one of the secrets made `signature` for `body`.

    Two secrets are in use for up to an hour after a rotation.
    """
    if not signature:
        raise SignatureMismatch("The delivery has no signature.")
    if _is_signed_for_another_purpose(body):
        raise SignatureMismatch("The body is none of a webhook's.")
    given = _decoded(signature)
    matches = [hmac.compare_digest(given, _digest(body, secret)) for secret in secrets]
    if not any(matches):
        raise SignatureMismatch("The signature is not that of the body.")


def _is_signed_for_another_purpose(body: bytes) -> bool:
    """The same secret signs ID tokens and the addresses that open the app, which merchants can
    read: neither may pass for a webhook."""
    return body.startswith(b"eyJ") or (b"shop=" in body and not body.lstrip().startswith(b"{"))


def _decoded(signature: str) -> bytes:
    try:
        return base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError) as error:
        raise SignatureMismatch("The signature is not base64.") from error


def _digest(body: bytes, secret: str) -> bytes:
    return hmac.digest(secret.encode(), body, hashlib.sha256)
