"""Rules and what they are asked about, of few enough names that they often meet."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from hypothesis import strategies as st

from app.domain.kinds import BY_NAME
from app.domain.rule_filters import Goods, Occasion
from app.domain.rules import CHANNELS, WEEKDAYS, WINDOWS, Filters, Rule, Schedule, Selection, Wish
from app.domain.settings import QuietHours

T = TypeVar("T")

_IDS = st.sampled_from([1, 2, 3])
_COLLECTIONS = st.sampled_from([10, 20, 30])
_VENDORS = st.sampled_from(["alba", "borealis"])
_TAGS = st.sampled_from(["new", "sale", "gift"])
_PRICES = st.sampled_from(["0", "9.99", "10", "10.00", "24.5", "1000"]).map(Decimal)
_COUNTRIES = st.sampled_from(["FR", "DE", "US"])
_CLOCKS = st.one_of(
    st.sampled_from(["00:00", "01:30", "02:00", "02:30", "08:00", "22:00", "23:59"]),
    st.times().map(lambda clock: f"{clock:%H:%M}"),
)
# The nights in which clocks are changed in Paris, New York and Auckland.
_CHANGES = st.sampled_from(
    [
        datetime(2026, month, day, tzinfo=UTC)
        for month, day in [(3, 29), (10, 25), (3, 8), (11, 1), (4, 4), (9, 26)]
    ]
)


def moments() -> st.SearchStrategy[datetime]:
    """Any of 2026, and often one near which clocks are changed."""
    anywhere = st.datetimes(datetime(2026, 1, 5), datetime(2026, 12, 27), timezones=st.just(UTC))
    nearby = st.builds(
        lambda change, minutes: change + timedelta(minutes=minutes),
        _CHANGES,
        st.integers(-1500, 3000),
    )
    return st.one_of(anywhere, nearby)


def rules() -> st.SearchStrategy[Rule]:
    return st.builds(
        Rule,
        st.just(UUID(int=1)),
        st.sampled_from([*BY_NAME, "of-a-newer-release"]),
        st.sampled_from([True, True, True, False]),
        _wishes(),
    )


def occasions(now: datetime) -> st.SearchStrategy[Occasion]:
    """Of just then, of later, and of as long ago as rules still tell, or a little longer."""
    days = [timedelta(days=number) for number in (0, 1, 7, 30, 60)]
    second = timedelta(seconds=1)
    ages = st.sampled_from([*days, *(day + second for day in days), -second])
    return st.builds(
        Occasion,
        ages.map(lambda age: now - age),
        st.none() | _goods(),
        st.none() | _COUNTRIES,
        st.sampled_from(CHANNELS),
        st.sampled_from([None, True, False]),
    )


def _goods() -> st.SearchStrategy[Goods]:
    return st.builds(
        Goods,
        _IDS,
        st.just("") | _VENDORS,
        st.frozensets(_TAGS),
        st.frozensets(_COLLECTIONS),
        st.none() | _PRICES,
    )


def _wishes() -> st.SearchStrategy[Wish]:
    return st.builds(
        Wish,
        recency_days=st.sampled_from([1, 7, 60]),
        filters=st.just(Filters()) | _filters(),
        schedule=st.just(Schedule()) | _schedules(),
        windows=st.lists(st.sampled_from(list(WINDOWS)), unique=True, max_size=3).map(tuple),
    )


def _filters() -> st.SearchStrategy[Filters]:
    return st.builds(
        Filters,
        st.just(Selection()) | _selections(),
        st.just(Selection()) | _selections(),
        st.none() | _PRICES,
        st.none() | _PRICES,
        _some(_COUNTRIES),
        st.sampled_from(["all", "first", "repeat"]),
        st.just(CHANNELS) | _some(st.sampled_from(CHANNELS)),
    )


def _selections() -> st.SearchStrategy[Selection]:
    return st.builds(Selection, _some(_IDS), _some(_COLLECTIONS), _some(_VENDORS), _some(_TAGS))


def _schedules() -> st.SearchStrategy[Schedule]:
    days = st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31))
    hours = st.none() | st.builds(QuietHours, _CLOCKS, _CLOCKS)
    return st.builds(Schedule, days, days, st.just(WEEKDAYS) | _weekdays(), hours)


def _weekdays() -> st.SearchStrategy[tuple[str, ...]]:
    return _some(st.sampled_from(WEEKDAYS))


def _some(each: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(each, unique=True, max_size=2).map(tuple)
