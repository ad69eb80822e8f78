"""What the Admin API's answers mean: the data asked for, or the broken promise by its name.

Nothing of an answer that could be secret goes into a message. Source: shopify.dev, "GraphQL Admin
API: status and error codes", "API limits".
"""

import random
from typing import TypeVar

import msgspec

from app.errors import (
    ChangeRefused,
    QueryRefused,
    QueryTooCostly,
    ScopeMissing,
    ShopifyThrottled,
    ShopifyUnavailable,
    ShopRefused,
    TokenRefused,
)
from app.shopify.queries import Query

Answer = TypeVar("Answer")

# Shopify's own sentence is for developers; these are for the merchant and the operator.
_REFUSALS = {
    402: "Shopify has frozen the shop until its bill is paid.",
    403: "Shopify does not let the app into this shop.",
    404: "Shopify knows no such shop, or no such version of its API.",
    423: "Shopify has locked the shop.",
}
_PATIENCE = frozenset({429, 430})
_WITHOUT_ADVICE = 2.0  # seconds
_LONGEST_ADVICE = 60.0
_JITTER = (0.05, 0.5)
_LONGEST = 300  # characters of what Shopify says


class _Throttle(msgspec.Struct, rename="camel"):
    currently_available: float = 0.0
    restore_rate: float = 0.0


class _Cost(msgspec.Struct, rename="camel"):
    requested_query_cost: float = 0.0
    throttle_status: _Throttle = msgspec.field(default_factory=_Throttle)


class _AnswerExtensions(msgspec.Struct):
    cost: _Cost | None = None


class _ErrorExtensions(msgspec.Struct):
    code: str | None = None


class _Error(msgspec.Struct):
    message: str = ""
    extensions: _ErrorExtensions | None = None

    @property
    def code(self) -> str | None:
        return self.extensions.code if self.extensions else None


class _Body(msgspec.Struct):
    data: msgspec.Raw = msgspec.Raw(b"null")
    errors: list[_Error] | str | None = None
    extensions: _AnswerExtensions | None = None


class UserError(msgspec.Struct):
    """Why a mutation was not made; Shopify answers 200 all the same."""

    message: str


def refusal(status: int, retry_after: str | None) -> Exception:
    """What an HTTP status other than 200 says."""
    if status in _PATIENCE:
        return ShopifyThrottled("Shopify asks for patience.", _advised(retry_after))
    if status >= 500:
        return ShopifyUnavailable(f"Shopify's Admin API answers {status}.")
    if status == 401:
        return TokenRefused("Shopify does not take the access token.")
    if status in _REFUSALS:
        return ShopRefused(_REFUSALS[status])
    return QueryRefused(f"Shopify's Admin API answers {status}.")


def read(query: Query[Answer], content: bytes) -> Answer:
    """The data of an answer with status 200; raises what it says instead."""
    body = _decoded(content)
    if body.errors:
        raise _refusal_in(body)
    try:
        answer = msgspec.json.decode(body.data, type=query.shape, strict=False)
        return query.read(answer)
    except (msgspec.DecodeError, ValueError) as error:
        raise QueryRefused(f"{query.name} is answered in an unknown form: {error}") from error


def insist_on(user_errors: list[UserError]) -> None:
    """Raises ChangeRefused with Shopify's sentences where a mutation was not made."""
    if user_errors:
        sentences = " ".join(error.message for error in user_errors)
        raise ChangeRefused(f"Shopify refuses the change: {sentences[:_LONGEST]}")


def _decoded(content: bytes) -> _Body:
    try:
        return msgspec.json.decode(content, type=_Body, strict=False)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise ShopifyUnavailable("Shopify's Admin API answers in an unknown form.") from None


def _refusal_in(body: _Body) -> Exception:
    errors = body.errors
    if isinstance(errors, str) or errors is None:
        return QueryRefused(f"Shopify refuses the query: {str(errors)[:_LONGEST]}")
    codes = {error.code for error in errors}
    sentences = " ".join(error.message for error in errors)[:_LONGEST]
    if "THROTTLED" in codes:
        return ShopifyThrottled("Shopify asks for patience.", _until_restored(body))
    if "MAX_COST_EXCEEDED" in codes:
        return QueryTooCostly(sentences)
    if "ACCESS_DENIED" in codes:
        return ScopeMissing(sentences)
    if codes & {"INTERNAL_SERVER_ERROR", "TIMEOUT"}:
        return ShopifyUnavailable("Shopify's Admin API failed on the query.")
    if "SHOP_INACTIVE" in codes:
        return ShopRefused("Shopify says that the shop is not active.")
    return QueryRefused(f"Shopify refuses the query: {sentences}")


def _until_restored(body: _Body) -> float:
    """The bucket fills at `restoreRate` points a second until the query's cost fits."""
    cost = body.extensions.cost if body.extensions else None
    if cost is None or cost.throttle_status.restore_rate <= 0:
        return _WITHOUT_ADVICE + random.uniform(*_JITTER)
    missing = max(0.0, cost.requested_query_cost - cost.throttle_status.currently_available)
    return missing / cost.throttle_status.restore_rate + random.uniform(*_JITTER)


def _advised(retry_after: str | None) -> float:
    """Seconds of a Retry-After header; its other form, a date, is not Shopify's."""
    try:
        seconds = float(retry_after or _WITHOUT_ADVICE)
    except ValueError:
        seconds = _WITHOUT_ADVICE
    within = seconds if 0 <= seconds <= _LONGEST_ADVICE else _LONGEST_ADVICE
    return within + random.uniform(*_JITTER)
