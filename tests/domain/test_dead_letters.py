"""What a dead letter says of itself, whatever is in it."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dead_letters import ERASED, Letter, explained, why_it_stays
from tests.cast import encoded


def letter(message: bytes | None, trace: str = "") -> Letter:
    return Letter(
        id=UUID(int=1),
        shop="alba-ceramics.myshopify.com",
        worker="relay",
        topic="orders/create",
        webhook_id="w",
        delivery_id=1,
        event_id=None,
        message=message,
        reason="not-json",
        trace=trace,
        parked_at=datetime(2026, 11, 25, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("message", "number"),
    [
        (encoded({"id": 5001}), 5001),
        (encoded({"id": str(UUID(int=2)), "data": {"id": 5001}}), 5001),
        (encoded({"id": str(UUID(int=2)), "data": {"id": str(UUID(int=3))}}), None),
        (encoded({"id": str(UUID(int=2)), "data": {"token": "t"}}), None),
        (encoded({"id": 2**63}), None),
        (encoded({"id": -1}), None),
        (encoded({"id": True}), None),
        (b"{}", None),
        (None, None),
    ],
)
def test_it_is_about_what_its_message_names(message: bytes | None, number: int | None) -> None:
    assert letter(message).number == number


@given(st.binary())
def test_any_message_can_be_asked_for_a_number(message: bytes) -> None:
    assert letter(message).number is None or message


def test_a_message_nested_without_end_names_nothing() -> None:
    assert letter(b'{"data":' * 50_000).number is None


def test_one_whose_customer_was_forgotten_says_so() -> None:
    assert letter(b"{}", ERASED).is_erased
    assert not letter(b"{}", "not-json: {}").is_erased


@given(st.text())
def test_every_reason_has_a_sentence(reason: str) -> None:
    assert explained(reason).endswith(".")
    assert why_it_stays(reason).endswith(".")


def test_a_fault_of_ours_is_not_blamed_on_the_shop() -> None:
    assert explained("KeyError") == "Earshot made a mistake while working on it."
