"""Which card comes first, without a browser."""

import math
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.domain.kinds import RECENT_ORDER
from app.domain.ranks import Rank, ranks
from app.domain.rules import Order, Rule, Wish

ORDERS: tuple[Order, ...] = ("newest", "this-page", "random")
WISHES = st.builds(
    Wish,
    priority=st.integers(0, 9),
    order=st.sampled_from(ORDERS),
    weight=st.integers(1, 10),
)
CHANCES = st.floats(2**-53, 1, exclude_max=True)


def rules(*wishes: Wish) -> list[Rule]:
    return [Rule(UUID(int=n), RECENT_ORDER, True, wish) for n, wish in enumerate(wishes)]


def ranked(*wishes: Wish) -> list[Rank]:
    return list(ranks(rules(*wishes)).values())


def total(rank: Rank, drawn: float, *, is_of_page: bool = False) -> float:
    """As pages add it up."""
    return rank[0] + rank[1] * is_of_page + rank[2] * math.log(drawn)


def test_nothing_is_said_where_the_newest_come_first_anyway() -> None:
    assert ranked() == []
    assert ranked(Wish(), Wish()) == []
    assert ranked(Wish(priority=7)) == []


@given(WISHES, WISHES, CHANCES, CHANCES, st.booleans(), st.booleans())
def test_higher_priority_is_first_whatever_is_drawn(
    one: Wish, other: Wish, drawn: float, other_drawn: float, is_page: bool, is_other_page: bool
) -> None:
    if one.priority <= other.priority:
        return
    first, second = ranked(one, other)
    assert total(first, drawn, is_of_page=is_page) > total(
        second, other_drawn, is_of_page=is_other_page
    )


@given(CHANCES, CHANCES, st.integers(1, 10))
def test_what_is_about_the_page_is_before_what_is_not(
    drawn: float, other_drawn: float, weight: int
) -> None:
    [rank] = ranked(Wish(order="this-page", weight=weight))
    assert total(rank, drawn, is_of_page=True) > total(rank, other_drawn)


def test_one_that_is_drawn_has_all_of_its_priority_drawn() -> None:
    assert ranked(Wish(order="random"), Wish(), Wish(priority=6)) == [
        (500, 0, 1),
        (500, 0, 1),
        (600, 0, 0),
    ]


def test_weight_is_how_often_among_equals() -> None:
    heavy, light = ranked(Wish(weight=3), Wish())
    luck = Random(1)
    wins = sum(total(heavy, luck.random()) > total(light, luck.random()) for _ in range(20_000))
    assert abs(wins / 20_000 - 3 / 4) < 0.02
