"""What stays of a delivery when whoever it mentions is erased."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import goods
from app.shopify import orders, products, topics
from tests.cast import encoded, line_item, order, product

PERSONAL: dict[str, Any] = {
    "email": "margaux@example.com",
    "contact_email": "margaux@example.com",
    "phone": "+33612345678",
    "name": "#5001",
    "note": "for Margaux",
    "note_attributes": [{"name": "engraving", "value": "Margaux"}],
    "browser_ip": "203.0.113.7",
    "token": "a-token",
    "landing_site": "/?email=margaux",
    "tags": "vip margaux",
    "discount_codes": [{"code": "MARGAUX10"}],
    "client_details": {"user_agent": "Margaux's phone"},
    "customer": {"id": 9001, "first_name": "Margaux"},
    "billing_address": {
        "first_name": "Margaux",
        "city": "Lyon",
        "zip": "69001",
        "latitude": 45.7,
        "country_code": "FR",
    },
    "payment_details": {"credit_card_name": "Margaux"},
    "refunds": [{"id": 1, "note": "Margaux's", "refund_line_items": [{"id": 2, "quantity": 1}]}],
}


def nobody(_: str) -> bool:
    return False


def kept(topic: str, payload: Any) -> Any:
    return goods.kept_of(topic, payload, nobody)


def test_nothing_personal_stays_of_an_order() -> None:
    left = json.dumps(kept("orders/create", order(**PERSONAL))).lower()
    for personal in ("margaux", "lyon", "69001", "9001", "45.7", "203.0", "0612", "3361", "#5001"):
        assert personal not in left
    assert '"country_code": "fr"' in left


quantities = st.integers(0, 9)
lines = st.lists(
    st.builds(
        lambda number, quantity, current, own: line_item(
            number,
            quantity=quantity,
            current_quantity=current,
            product_id=None if own else number // 2 + 1,
            properties=[{"name": "engraving", "value": "Margaux"}],
        ),
        st.integers(1, 2**63 - 1),
        quantities,
        st.none() | quantities,
        st.booleans(),
    ),
    max_size=4,
    unique_by=lambda line: line["id"],
)


@given(
    lines,
    st.sampled_from(["paid", "pending", "refunded", None]),
    st.none() | st.just("2026-11-21T10:00:00Z"),
    st.booleans(),
)
def test_the_same_event_can_be_made_of_what_stays(
    line_items: list[dict[str, Any]], status: str | None, cancelled_at: str | None, test: bool
) -> None:
    payload = order(
        line_items=line_items,
        financial_status=status,
        cancelled_at=cancelled_at,
        test=test,
        **PERSONAL,
    )
    before, placed_at = orders.read(encoded(payload))
    after, still_placed_at = orders.read(encoded(kept("orders/updated", payload)))
    # A line that is no product of the shop's loses the words that somebody typed for it.
    assert [line.id for line in after.lines] == [line.id for line in before.lines]
    goods_before = [line for line in before.lines if line.product_id]
    assert [line for line in after.lines if line.product_id] == goods_before
    assert (placed_at, before.financial_status, before.cancelled, before.test, before.country) == (
        still_placed_at,
        after.financial_status,
        after.cancelled,
        after.test,
        after.country,
    )


def test_a_product_can_be_read_of_what_stays() -> None:
    payload = product(body_html="<p>Margaux's favourite</p>")
    left = encoded(kept("products/update", payload))
    assert products.read(left) == products.read(encoded(payload))
    assert b"Margaux" not in left


@pytest.mark.parametrize("topic", topics.HEARD)
def test_every_topic_that_is_heard_keeps_something(topic: str) -> None:
    """A new one is thought about in `domain/goods.py`."""
    everything = {
        "id": 1,
        "updated_at": "x",
        "shop_domain": "alba-ceramics.myshopify.com",
        "inventory_item_id": 2,
    }
    assert kept(topic, everything)


def test_an_unknown_topic_keeps_nothing() -> None:
    assert kept("companies/create", {"id": 1, "name": "Margaux"}) == {}


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_what_is_no_object_keeps_nothing(payload: Any) -> None:
    assert kept("orders/create", payload) == {}


def test_words_that_name_somebody_are_emptied() -> None:
    line = line_item(1, title="For margaux@example.com")
    left = goods.kept_of("orders/create", order(line_items=[line]), lambda text: "@" in text)
    assert left["line_items"][0]["title"] == ""
    assert left["line_items"][0]["product_id"] == 8001


def test_to_keep_twice_is_to_keep_once() -> None:
    once = kept("orders/create", order(**PERSONAL))
    assert json.dumps(kept("orders/create", once)) == json.dumps(once)
