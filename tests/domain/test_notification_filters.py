from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import notification_filters
from app.domain.notification_filters import Filter

WISHES = st.builds(
    Filter,
    state=st.sampled_from([None, "published", "retracted"]),
    kind=st.sampled_from([None, "recent-order"]),
    product=st.none() | st.integers(0, 2**63 - 1),
    since=st.none() | st.dates(max_value=date(2026, 1, 1)),
    until=st.none() | st.dates(min_value=date(2026, 1, 1)),
    text=st.text(max_size=notification_filters.LONGEST_TEXT).map(str.strip),
)


@given(WISHES)
def test_a_filter_is_read_as_it_was_written(wish: Filter) -> None:
    assert notification_filters.read(wish.query()) == (wish, {})


@given(
    st.dictionaries(st.sampled_from(["q", "state", "kind", "product", "since", "until"]), st.text())
)
def test_any_address_has_a_filter_or_a_sentence(query: dict[str, str]) -> None:
    found, problems = notification_filters.read(query)
    assert problems.keys() <= query.keys()
    assert notification_filters.read(found.query()) == (found, {})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("state", "gone"),
        ("state", "Published"),
        ("kind", "rumour"),
        ("kind", "recent-order\n"),
        ("product", "-1"),
        ("product", "1.5"),
        ("product", "٣"),
        ("product", "9223372036854775808"),
        ("product", "9" * 5_000),
        ("product", "alba-mug"),
        ("since", "2026-13-45"),
        ("since", "yesterday"),
        ("until", "2026-11-21\n"),
        ("q", "x" * 201),
    ],
)
def test_what_makes_no_sense_is_told_and_left_out(name: str, value: str) -> None:
    found, problems = notification_filters.read({name: value})
    assert found == Filter()
    assert list(problems) == [name]
    assert problems[name].endswith(".")


def test_days_that_stand_the_wrong_way_round_are_told() -> None:
    found, problems = notification_filters.read({"since": "2026-11-21", "until": "2026-11-20"})
    assert found == Filter(since=date(2026, 11, 21))
    assert problems == {"until": "The last day comes before the first."}


def test_words_are_what_postgres_can_hold() -> None:
    assert Filter(text="Alba\0mug \ud800 50%").words == ["Alba", "mug", "?", "50%"]
    assert len(Filter(text="x " * 100).words) == 12


def test_a_filter_with_one_wish_changed_keeps_the_others() -> None:
    wish = Filter(state="retracted", product=8001, text="mug")
    assert wish.query(product=None) == {"q": "mug", "state": "retracted"}
    assert wish.query(after="x") == {
        "q": "mug",
        "state": "retracted",
        "product": "8001",
        "after": "x",
    }
