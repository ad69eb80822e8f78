"""ID tokens (session tokens): JSON Web Tokens that live a minute, signed with the app's secret."""

import base64
import hashlib
import hmac
import json
import time
import uuid
from typing import Any

LIFE = 60
LEEWAY = 10
_DIGESTS = {"HS256": hashlib.sha256, "HS384": hashlib.sha384, "HS512": hashlib.sha512}
ALGORITHMS = ("none", *_DIGESTS)


def claims(shop: str, api_key: str, user: int, *, expires_in: int = LIFE) -> dict[str, Any]:
    """What a token says; `expires_in` may be negative, for a stale token."""
    now = int(time.time())
    issued = min(now, now + expires_in - LIFE)
    return {
        "iss": f"https://{shop}/admin",
        "dest": f"https://{shop}",
        "aud": api_key,
        "sub": str(user),
        "exp": now + expires_in,
        "nbf": issued,
        "iat": issued,
        "jti": str(uuid.uuid4()),
        "sid": hashlib.sha256(f"{shop}/{user}".encode()).hexdigest(),
    }


def encode(claimed: dict[str, Any], secret: str, algorithm: str = "HS256") -> str:
    """Any algorithm of `ALGORITHMS`; the app must refuse all but HS256."""
    signed = f"{_part({'alg': algorithm, 'typ': 'JWT'})}.{_part(claimed)}"
    return f"{signed}.{_signature(signed, secret, algorithm)}"


def is_genuine(token: str, *, secret: str, api_key: str, shop: str) -> bool:
    """What Shopify checks of a subject token: signature, audience, shop, time."""
    signed, _, signature = token.rpartition(".")
    expected = _signature(signed, secret, "HS256")
    if not hmac.compare_digest(signature.encode(), expected.encode()):
        return False
    said = content(token)
    is_ours = said.get("aud") == api_key and said.get("dest") == f"https://{shop}"
    return bool(is_ours and said.get("exp", 0) > time.time() - LEEWAY)


def content(token: str) -> dict[str, Any]:
    """What a token says, whoever signed it."""
    said: dict[str, Any] = json.loads(_unpadded(token.split(".")[1]))
    return said


def _signature(signed: str, secret: str, algorithm: str) -> str:
    if algorithm == "none":
        return ""
    return _base64url(hmac.digest(secret.encode(), signed.encode(), _DIGESTS[algorithm]))


def _part(content: dict[str, Any]) -> str:
    return _base64url(json.dumps(content, separators=(",", ":")).encode())


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
