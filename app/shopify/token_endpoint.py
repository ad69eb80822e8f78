"""Shopify's token endpoint: expiring offline tokens, by exchange, by code, by refresh.

Source: shopify.dev, "Token exchange" and "Offline access tokens".
"""

from datetime import datetime, timedelta
from typing import Any

import httpx
import msgspec

from app.config import Settings
from app.domain.discretion import Discreet
from app.domain.grants import Grant
from app.errors import GrantRefused, ShopifyUnavailable, SubjectTokenRefused

_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
_ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token"
_OFFLINE = "urn:shopify:params:oauth:token-type:offline-access-token"
_ONLINE = "urn:shopify:params:oauth:token-type:online-access-token"


class _Answer(Discreet, frozen=True):
    access_token: str
    scope: str
    expires_in: int
    refresh_token: str
    refresh_token_expires_in: int


class _Person(Discreet, frozen=True):
    id: int
    first_name: str | None = None
    last_name: str | None = None


class _OnlineAnswer(msgspec.Struct):
    """With it comes a token for this member of the staff, which nobody needs."""

    associated_user: _Person


class Member(msgspec.Struct, frozen=True):
    """A member of a shop's staff; `user` as ID tokens name them."""

    user: str
    name: str


class TokenEndpoint:
    """Raises ShopifyUnavailable when Shopify is away, GrantRefused when it says no."""

    def __init__(self, client: httpx.AsyncClient, settings: Settings) -> None:
        self._client = client
        self._settings = settings

    async def exchange(self, shop: str, id_token: str, now: datetime) -> Grant:
        """A grant for an ID token that is still good; raises SubjectTokenRefused if it is not."""
        asked = {
            "grant_type": _EXCHANGE,
            "subject_token": id_token,
            "subject_token_type": _ID_TOKEN,
            "requested_token_type": _OFFLINE,
            "expiring": "1",
        }
        return _grant(await self._ask(shop, asked), now)

    async def introduce(self, shop: str, id_token: str) -> Member:
        """Who an ID token was issued to; raises SubjectTokenRefused like `exchange`."""
        asked = {
            "grant_type": _EXCHANGE,
            "subject_token": id_token,
            "subject_token_type": _ID_TOKEN,
            "requested_token_type": _ONLINE,
        }
        return _member(await self._ask(shop, asked))

    async def redeem(self, shop: str, code: str, now: datetime) -> Grant:
        """A grant for the code of an authorization."""
        return _grant(await self._ask(shop, {"code": code, "expiring": "1"}), now)

    async def refresh(self, shop: str, refresh_token: str, now: datetime) -> Grant:
        """The next grant; both tokens change. The old refresh token may be tried again until the
        new one is used, so a lost answer is no loss."""
        asked = {"grant_type": "refresh_token", "refresh_token": refresh_token}
        return _grant(await self._ask(shop, asked), now)

    async def _ask(self, shop: str, asked: dict[str, str]) -> bytes:
        credentials = {
            "client_id": self._settings.shopify_api_key,
            "client_secret": self._settings.shopify_api_secret,
        }
        try:
            answer = await self._client.post(
                f"{self._settings.shop_url(shop)}/admin/oauth/access_token",
                json=credentials | asked,
                headers={"Accept": "application/json"},
            )
        except httpx.HTTPError as error:
            raise ShopifyUnavailable(f"Shopify does not answer: {type(error).__name__}.") from None
        if answer.status_code != 200:
            raise _refusal(answer)
        return answer.content


def _refusal(answer: httpx.Response) -> Exception:
    if answer.status_code == 429 or answer.status_code >= 500:
        return ShopifyUnavailable(f"Shopify's token endpoint answers {answer.status_code}.")
    word = _error_word(answer)
    if word == "invalid_subject_token":
        return SubjectTokenRefused("Shopify no longer accepts the ID token.")
    return GrantRefused(word)


def _error_word(answer: httpx.Response) -> str:
    try:
        said: Any = answer.json()
    except ValueError:
        return f"status-{answer.status_code}"
    return str(said.get("error", "unknown")) if isinstance(said, dict) else "unknown"


def _grant(content: bytes, now: datetime) -> Grant:
    try:
        said = msgspec.json.decode(content, type=_Answer)
    except msgspec.DecodeError:
        # The answer holds secrets, so nothing of it goes into the message.
        raise ShopifyUnavailable("Shopify's token endpoint answers in an unknown form.") from None
    return Grant(
        access_token=said.access_token,
        refresh_token=said.refresh_token,
        scopes=tuple(scope.strip() for scope in said.scope.split(",") if scope.strip()),
        expires_at=now + timedelta(seconds=said.expires_in),
        refresh_expires_at=now + timedelta(seconds=said.refresh_token_expires_in),
    )


def _member(content: bytes) -> Member:
    try:
        person = msgspec.json.decode(content, type=_OnlineAnswer).associated_user
    except msgspec.DecodeError:
        raise ShopifyUnavailable("Shopify's token endpoint answers in an unknown form.") from None
    name = " ".join(part.strip() for part in (person.first_name, person.last_name) if part)
    return Member(str(person.id), name)
