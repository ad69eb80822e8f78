"""Whatever a webhook's body holds: an event, or the word that it is unreadable."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import events
from app.domain.deliveries import StoredDelivery
from app.errors import PayloadUnreadable
from app.shopify import topics
from tests.cast import ALBA, collection, level, line_item, order, product, variant

EVENTFUL = [topic for topic in topics.SUBSCRIBED if topic not in topics.SETTLED]
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=2**62, max_value=2**70)
    | st.floats(allow_nan=False)
    | st.text()
    | st.sampled_from(
        [
            "2026-11-20T12:00:00Z",
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59-14:00",
            "1e999999",
            "1e-999999",
            "NaN",
            "-Infinity",
            "24.00",
            "active",
            "\0",
            "\ud83d",
        ]
    )
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def _whole() -> dict[str, Any]:
    """All that any topic reads, in one body."""
    return {
        **collection(),
        **level(),
        **product(variants=[variant()], variant_gids=[{}], vendor="Alba", tags="a, b"),
        **order(line_items=[line_item()]),
        "order_id": 5001,
        "token": "c1",
        "customerId": "gid://shopify/Customer/1",
        "numberOfOrders": 2,
    }


FIELDS = sorted(_whole())


@st.composite
def spoilt(draw: st.DrawFn) -> dict[str, Any]:
    """A body that is right but for a few fields."""
    body = _whole()
    for name in draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=4)):
        body[name] = draw(JSON)
    for name in draw(st.lists(st.sampled_from(sorted(variant())), max_size=2)):
        if isinstance(body.get("variants"), list):
            body["variants"] = [variant() | {name: draw(JSON)}]
    return body


def _delivery(topic: str, body: bytes, triggered_at: datetime | None = NOW) -> StoredDelivery:
    return StoredDelivery(
        id=1,
        shop=ALBA,
        webhook_id="w",
        topic=topic,
        api_version="2026-10",
        triggered_at=triggered_at,
        received_at=NOW,
        body=body,
    )


def _read(topic: str, body: bytes) -> None:
    """What was read travels on Kafka and comes out as it was."""
    try:
        event = topics.event_of(_delivery(topic, body))
    except PayloadUnreadable:
        return
    assert events.decode(events.encode(event)) == event


SOME = settings(max_examples=50)


@pytest.mark.parametrize("topic", EVENTFUL)
@SOME
@given(body=JSON)
def test_any_json_is_an_event_or_unreadable(topic: str, body: object) -> None:
    _read(topic, json.dumps(body).encode())


@pytest.mark.parametrize("topic", EVENTFUL)
@SOME
@given(body=spoilt())
def test_a_body_that_is_nearly_right_is_an_event_or_unreadable(
    topic: str, body: dict[str, Any]
) -> None:
    _read(topic, json.dumps(body).encode())


@pytest.mark.parametrize("topic", EVENTFUL)
@SOME
@given(body=st.binary(max_size=200))
def test_any_bytes_are_an_event_or_unreadable(topic: str, body: bytes) -> None:
    _read(topic, body)


@pytest.mark.parametrize("topic", EVENTFUL)
def test_a_right_body_is_an_event(topic: str) -> None:
    assert topics.event_of(_delivery(topic, json.dumps(_whole()).encode()))
    assert topics.event_of(_delivery(topic, json.dumps(_whole()).encode(), None))


@pytest.mark.parametrize("price", ["NaN", "Infinity", "1e400", "1e999999", "x", "", {}, True])
def test_what_is_no_price_is_unreadable(price: object) -> None:
    body = json.dumps(product(variants=[variant(price=price)])).encode()
    with pytest.raises(PayloadUnreadable):
        topics.event_of(_delivery("products/update", body))
