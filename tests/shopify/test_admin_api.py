"""What the Admin API may answer, and what is made of it."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from app.config import Settings
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
from app.shopify import admin_answers
from app.shopify.admin_api import AdminApi
from app.shopify.installation import SET_METAFIELDS
from app.shopify.newest import NEWEST_ORDER
from tests.cast import ALBA

TOKEN = "shpat_the-token-of-the-tests"
GOOD = {"data": {"orders": {"nodes": [{"createdAt": "2026-11-20T10:00:00Z"}]}}}

Handler = Callable[[httpx.Request], httpx.Response]


def _api(settings: Settings, handler: Handler) -> AdminApi:
    client = httpx.AsyncClient(transport=httpx.MockTransport(handler))
    return AdminApi(client, settings)


def _answering(*answers: httpx.Response | Exception) -> Handler:
    """One after the other, the last for good."""
    left: Iterator[httpx.Response | Exception] = iter(answers)
    last = answers[-1]

    def handle(request: httpx.Request) -> httpx.Response:
        answer = next(left, last)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return handle


def _errors(code: str | None, message: str = "No.", **extensions: Any) -> httpx.Response:
    error = {"message": message, "extensions": {"code": code}}
    return httpx.Response(200, json={"errors": [error], "data": None, "extensions": extensions})


def _throttled(requested: int = 752, available: int = 742, rate: float = 100.0) -> httpx.Response:
    status = {"maximumAvailable": 2000.0, "currentlyAvailable": available, "restoreRate": rate}
    cost = {"requestedQueryCost": requested, "actualQueryCost": None, "throttleStatus": status}
    return _errors("THROTTLED", "Throttled", cost=cost)


async def test_the_question_goes_to_the_shops_own_address_with_its_token(
    settings: Settings,
) -> None:
    asked: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json=GOOD)

    moment = await _api(settings, handle).ask(ALBA, TOKEN, NEWEST_ORDER)
    assert moment is not None
    assert moment.isoformat() == "2026-11-20T10:00:00+00:00"
    [request] = asked
    assert request.url.path == f"/shops/{ALBA}/admin/api/2026-10/graphql.json"
    assert request.headers["X-Shopify-Access-Token"] == TOKEN
    assert json.loads(request.content)["query"] == NEWEST_ORDER.text


async def test_a_throttled_question_is_asked_again_when_its_cost_fits(settings: Settings) -> None:
    """A want of ten points at 100 a second: a tenth of a second."""
    began = time.monotonic()
    handle = _answering(_throttled(), httpx.Response(200, json=GOOD))
    assert await _api(settings, handle).ask(ALBA, TOKEN, NEWEST_ORDER)
    assert time.monotonic() - began >= 0.1


async def test_too_many_requests_wait_as_long_as_shopify_says(settings: Settings) -> None:
    began = time.monotonic()
    patience = httpx.Response(429, headers={"Retry-After": "0.3"})
    handle = _answering(patience, httpx.Response(200, json=GOOD))
    assert await _api(settings, handle).ask(ALBA, TOKEN, NEWEST_ORDER)
    assert time.monotonic() - began >= 0.3


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("7", 7.0, 7.6),
        (None, 2.0, 2.6),
        ("soon", 2.0, 2.6),
        ("-5", 60.0, 60.6),
        ("1e9", 60.0, 60.6),
        ("nan", 60.0, 60.6),
    ],
)
def test_an_odd_advice_is_no_reason_to_wait_for_ever(
    said: str | None, least: float, most: float
) -> None:
    error = admin_answers.refusal(429, said)
    assert isinstance(error, ShopifyThrottled)
    assert least <= error.seconds <= most


def test_a_bucket_that_never_fills_is_asked_again_after_a_while() -> None:
    with pytest.raises(ShopifyThrottled) as throttled:
        admin_answers.read(NEWEST_ORDER, _throttled(rate=0.0).content)
    assert 2.0 <= throttled.value.seconds <= 2.6


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, TokenRefused),
        (402, ShopRefused),
        (403, ShopRefused),
        (404, ShopRefused),
        (423, ShopRefused),
        (500, ShopifyUnavailable),
        (503, ShopifyUnavailable),
        (301, QueryRefused),
        (400, QueryRefused),
    ],
)
async def test_each_status_is_a_promise_broken_by_name(
    settings: Settings, status: int, kind: type[Exception]
) -> None:
    handle = _answering(httpx.Response(status, json={"errors": f"not with {TOKEN}"}))
    with pytest.raises(kind) as refused:
        await _api(settings, handle).ask(ALBA, TOKEN, NEWEST_ORDER)
    assert TOKEN not in str(refused.value)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (_errors("ACCESS_DENIED", "Access denied for orders field."), ScopeMissing),
        (_errors("MAX_COST_EXCEEDED", "Query cost is 1001."), QueryTooCostly),
        (_errors("INTERNAL_SERVER_ERROR"), ShopifyUnavailable),
        (_errors("SHOP_INACTIVE"), ShopRefused),
        (_errors(None, "Field 'x' doesn't exist"), QueryRefused),
        (httpx.Response(200, json={"errors": "[API] no"}), QueryRefused),
        (httpx.Response(200, json={"data": None}), QueryRefused),
        (httpx.Response(200, json={"data": {"orders": {"nodes": [{}]}}}), QueryRefused),
        (httpx.Response(200, content=b"<html>"), ShopifyUnavailable),
        (httpx.Response(200, content=b"[" * 100_000), ShopifyUnavailable),
        (httpx.ConnectError("refused"), ShopifyUnavailable),
        (httpx.ReadTimeout("slow"), ShopifyUnavailable),
    ],
)
async def test_what_is_wrong_in_an_answer_is_named_and_not_asked_again(
    settings: Settings, answer: httpx.Response | Exception, kind: type[Exception]
) -> None:
    handle = _answering(answer, httpx.Response(200, json=GOOD))
    with pytest.raises(kind):
        await _api(settings, handle).ask(ALBA, TOKEN, NEWEST_ORDER)


async def test_partial_data_beside_an_error_is_not_taken(settings: Settings) -> None:
    error = {"message": "Access denied.", "extensions": {"code": "ACCESS_DENIED"}}
    handle = _answering(httpx.Response(200, json={**GOOD, "errors": [error]}))
    with pytest.raises(ScopeMissing):
        await _api(settings, handle).ask(ALBA, TOKEN, NEWEST_ORDER)


async def test_a_change_that_shopify_does_not_make_says_why(settings: Settings) -> None:
    errors = [{"message": "Value can't be blank."}, {"message": "Key is odd."}]
    handle = _answering(
        httpx.Response(200, json={"data": {"metafieldsSet": {"userErrors": errors}}})
    )
    with pytest.raises(ChangeRefused, match=r"can't be blank\. Key is odd\."):
        await _api(settings, handle).ask(ALBA, TOKEN, SET_METAFIELDS, metafields=[])
