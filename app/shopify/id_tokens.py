"""Shopify's ID token: who opens the app, in which shop.

Stricter than the official libraries, which accept a token without `exp` or with `iss` of another
shop than `dest`. Source: shopify.dev, "Session tokens".
"""

from collections.abc import Iterable
from datetime import UTC, datetime

import jwt

from app.domain import shops
from app.domain.callers import Caller
from app.errors import IdTokenInvalid

# Shopify's own library allows the clocks to differ by ten seconds.
_LEEWAY = 10
_CLAIMS = ["iss", "dest", "aud", "sub", "exp", "nbf", "iat", "jti"]


class Merchant(Caller, frozen=True):
    """A member of a shop's staff, known by an ID token that was issued at `since`."""

    since: datetime


def verify(token: str, *, client_id: str, secrets: Iterable[str]) -> Merchant:
    """The merchant behind a token; raises IdTokenInvalid. The shop comes from `dest` alone."""
    return _merchant(_claims(token, client_id, tuple(secrets)))


def _claims(token: str, client_id: str, secrets: tuple[str, ...]) -> dict[str, object]:
    refused: jwt.PyJWTError | ValueError | None = None
    for secret in secrets:
        try:
            claims: dict[str, object] = jwt.decode(
                token,
                secret,
                algorithms=["HS256"],
                audience=client_id,
                leeway=_LEEWAY,
                options={"strict_aud": True, "require": _CLAIMS},
            )
        except (jwt.PyJWTError, ValueError) as error:
            refused = error
        else:
            return claims
    raise IdTokenInvalid(f"The ID token is refused: {refused}.") from refused


def _merchant(claims: dict[str, object]) -> Merchant:
    dest, issuer, user = (str(claims[name]) for name in ("dest", "iss", "sub"))
    shop = dest.removeprefix("https://")
    if dest == shop or not shops.is_domain(shop):
        raise IdTokenInvalid("The ID token's dest is no shop.")
    if issuer != f"{dest}/admin":
        raise IdTokenInvalid("The ID token was issued for another shop than its dest.")
    if not (user.isascii() and user.isdigit()):
        raise IdTokenInvalid("The ID token's sub is no staff member.")
    return Merchant(shop, user, _moment(claims["iat"]))


def _moment(issued_at: object) -> datetime:
    try:
        return datetime.fromtimestamp(float(str(issued_at)), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise IdTokenInvalid("The ID token's iat is no moment.") from error
