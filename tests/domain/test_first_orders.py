"""Whether an order is its customer's first, without a database."""

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.domain.events import Purchases
from app.domain.first_orders import is_first


def counted(orders: int, last: int | None) -> Purchases:
    return Purchases(UUID(int=1), datetime(2026, 1, 1, tzinfo=UTC), orders, last)


def test_without_a_count_nobody_knows() -> None:
    assert is_first(1, follows_another=False, counted=[]) is None
    assert is_first(1, follows_another=False, counted=[counted(1, None)]) is None


def test_order_that_follows_another_is_none_whatever_was_counted() -> None:
    assert is_first(2, follows_another=True, counted=[counted(1, 2)]) is False


def test_count_of_other_orders_says_nothing_of_this_one() -> None:
    assert is_first(1, follows_another=False, counted=[counted(2, 2)]) is None


def test_who_had_bought_before_buys_again() -> None:
    assert is_first(2, follows_another=False, counted=[counted(1, 1)]) is False


@given(st.integers(0, 5), st.integers(1, 8), st.data())
def test_what_is_said_is_true_however_little_was_heard(
    missed: int, placed: int, data: st.DataObject
) -> None:
    """A customer placed orders, of which Earshot missed the first few and some counts."""
    heard = data.draw(st.sets(st.integers(missed + 1, missed + placed)))
    order = data.draw(st.integers(missed + 1, missed + placed))
    said = is_first(
        order,
        follows_another=order > missed + 1,
        counted=[counted(number, number) for number in heard],
    )
    assert said is None or said == (order == 1)
    assert said is not None or order not in heard
