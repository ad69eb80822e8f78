"""What an order gives and takes back, without a database."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import announcements, frames
from app.domain.events import Line, Order
from app.domain.notifications import (
    Notification,
    ProductFacts,
    Verdict,
    drafts,
    judge,
    retell,
)
from app.domain.rules import Rule, first_of
from app.domain.settings import Privacy
from tests.cast import ALBA

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
RULE = first_of(ALBA)
MUG = ProductFacts(8001, "Alba mug", "alba-mug", "https://cdn.example/mug.jpg")
PROOF = (uuid4(),)


def an_order(**changes: object) -> Order:
    order = Order(
        id=5001,
        updated_at=NOW,
        financial_status="paid",
        test=False,
        currency="EUR",
        lines=(Line(1, "Alba mug", 1, "24.00", 8001),),
    )
    return msgspec.structs.replace(order, **changes)


def told_of(order: Order, told: list[Notification] | None = None) -> list[Notification]:
    """What is told of an order, after it became this."""
    before = told or []
    verdict = judge(order, NOW, RULE, NOW)
    wanted = drafts(order, {8001: MUG}) if verdict.reason is None else []
    changed = retell(before, order, NOW, RULE, ALBA, verdict, wanted, PROOF)
    return list({each.id: each for each in (*before, *changed)}.values())


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"test": True}, "test-order"),
        ({"cancelled": True}, "order-cancelled"),
        ({"financial_status": "refunded"}, "order-refunded"),
        ({"financial_status": "voided"}, "order-voided"),
        ({"financial_status": "pending"}, "unpaid"),
        ({"financial_status": "authorized"}, "unpaid"),
        ({"financial_status": "partially_paid"}, "unpaid"),
        ({"financial_status": "unknown"}, "unpaid"),
        ({}, None),
        ({"financial_status": "partially_refunded"}, None),
    ],
)
def test_each_reason_not_to_tell_is_a_word(changes: dict[str, object], reason: str | None) -> None:
    assert judge(an_order(**changes), NOW, RULE, NOW).reason == reason


def test_a_rule_that_is_off_tells_nothing() -> None:
    off: Rule = msgspec.structs.replace(RULE, enabled=False)
    assert judge(an_order(), NOW, off, NOW) == Verdict("rule-off")


def test_an_order_is_told_for_as_long_as_it_is_recent() -> None:
    assert judge(an_order(), NOW - timedelta(days=7), RULE, NOW).reason is None
    assert judge(an_order(), NOW - timedelta(days=7, seconds=1), RULE, NOW).reason == "too-old"


def test_growing_old_takes_nothing_back() -> None:
    told = told_of(an_order())
    verdict = judge(an_order(), NOW, RULE, NOW + timedelta(days=8))
    assert retell(told, an_order(), NOW, RULE, ALBA, verdict, [], PROOF) == []


def test_two_lines_of_one_product_are_one_sentence() -> None:
    lines = (Line(1, "Alba mug", 1, "24.00", 8001), Line(2, "Alba mug", 3, "24.00", 8001))
    assert [draft.subject for draft in drafts(an_order(lines=lines), {8001: MUG})] == [
        "order-line:1"
    ]


def test_a_line_that_is_no_product_is_not_told() -> None:
    tip = Line(1, "Tip", 1, "5.00")
    assert drafts(an_order(lines=(tip,)), {}) == []


def test_a_product_that_cannot_be_bought_is_not_told() -> None:
    assert drafts(an_order(), {8001: None}) == []


def test_a_product_the_catalogue_does_not_know_is_told_by_its_line() -> None:
    [draft] = drafts(an_order(), {})
    assert draft.facts.product == ProductFacts(8001, "Alba mug")


def test_a_changed_quantity_is_a_new_revision_of_the_same_notification() -> None:
    [first] = told_of(an_order())
    [second] = told_of(an_order(lines=(Line(1, "Alba mug", 4, "24.00", 8001),)), [first])
    assert (second.id, second.revision, second.facts.quantity) == (first.id, 2, 4)


def test_what_was_taken_back_stays_back() -> None:
    told = told_of(an_order(cancelled=True), told_of(an_order()))
    assert [each.state for each in told] == ["retracted"]
    assert told_of(an_order(), told) == told


def test_a_card_shows_nothing_that_is_not_known() -> None:
    [told] = told_of(an_order())
    data = msgspec.json.decode(frames.encode(announcements.card(told, Privacy())))
    assert set(data["facts"]) == {"product", "quantity"}
    assert data["facts"]["product"] == {
        "id": "8001",
        "title": "Alba mug",
        "url": "/products/alba-mug",
        "image": "https://cdn.example/mug.jpg",
    }


_LINES = st.lists(
    st.builds(
        Line,
        id=st.integers(1, 4),
        title=st.sampled_from(["", "Alba mug"]),
        quantity=st.integers(1, 5),
        price=st.just("24.00"),
        product_id=st.sampled_from([None, 8001, 8002]),
    ),
    max_size=4,
    unique_by=lambda line: line.id,
).map(tuple)
_ORDERS = st.builds(
    Order,
    id=st.just(5001),
    updated_at=st.just(NOW),
    financial_status=st.sampled_from(
        ["paid", "pending", "refunded", "voided", "partially_paid", "partially_refunded", "odd"]
    ),
    test=st.booleans(),
    currency=st.just("EUR"),
    cancelled=st.booleans(),
    lines=_LINES,
)


@given(st.lists(_ORDERS, min_size=1, max_size=6))
def test_whatever_happens_to_an_order_only_what_is_true_is_shown(history: list[Order]) -> None:
    """A small oracle: paid once, in its lines now, and never tested, cancelled or given back."""
    told: list[Notification] = []
    ended = False
    for order in history:
        before = {each.id: each for each in told}
        told = told_of(order, told)
        ended = order.test or order.has_ended
        shown = [each for each in told if each.state == "published"]
        lines = {f"order-line:{line.id}" for line in order.lines}
        assert not (ended and shown)
        assert all(each.subject in lines for each in shown)
        assert all(each.proof for each in told)
        assert all(each.revision >= before[each.id].revision for each in told if each.id in before)
        assert not any(
            each.state == "published" and before[each.id].state == "retracted"
            for each in told
            if each.id in before
        )


@given(st.lists(_ORDERS, min_size=1, max_size=4))
def test_hearing_the_same_again_changes_nothing(history: list[Order]) -> None:
    told: list[Notification] = []
    for order in history:
        told = told_of(order, told)
        assert told_of(order, told) == told
