"""Rules and what they are asked about, of few enough names that they often meet."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from app.domain.kinds import BY_NAME
from app.domain.rule_filters import Goods, Occasion
from app.domain.rules import CHANNELS, WEEKDAYS, WINDOWS, Filters, Rule, Schedule, Selection, Wish
from app.domain.settings import QuietHours

T = TypeVar("T")

ZONES = ("UTC", "Asia/Kolkata", "Europe/Paris", "America/New_York", "Pacific/Auckland")
_DAY, _MINUTE, _SECOND = timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1)
# The nights in which clocks are changed in Paris, New York and Auckland.
_CHANGES = [
    datetime(2026, month, day, tzinfo=UTC)
    for month, day in [(3, 29), (10, 25), (3, 8), (11, 1), (4, 4), (9, 26)]
]
_PRICES = st.sampled_from(["0", "9.99", "10", "10.00", "24.5", "1000"]).map(Decimal)
_COUNTRIES = st.sampled_from(["FR", "DE", "US"])


class Question(NamedTuple):
    rule: Rule
    occasion: Occasion
    now: datetime
    zone: str


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Mostly of rules that want one thing, so that each thing decides often; and on the edge."""
    now, zone = draw(_moments()), draw(st.sampled_from(ZONES))
    schedule = draw(_mostly(Schedule(), _schedules(now.astimezone(ZoneInfo(zone)))))
    wish = Wish(
        filters=draw(_mostly(Filters(), _filters())), schedule=schedule, **draw(_freshness())
    )
    kind = draw(st.sampled_from([*BY_NAME, "of-a-newer-release"]))
    rule = Rule(UUID(int=1), kind, draw(_mostly(True, st.booleans())), wish)
    return Question(rule, draw(_occasions(now, rule.reach)), now, zone)


def rules() -> st.SearchStrategy[Rule]:
    return questions().map(lambda question: question.rule)


def _moments() -> st.SearchStrategy[datetime]:
    """Any of 2026, and often one near which clocks are changed."""
    anywhere = st.datetimes(datetime(2026, 1, 5), datetime(2026, 12, 27), timezones=st.just(UTC))
    nearby = st.builds(
        lambda change, quarters: change + 15 * quarters * _MINUTE,
        st.sampled_from(_CHANGES),
        st.integers(-100, 200),
    )
    return st.one_of(anywhere, nearby)


def _freshness() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {},
        optional={"recency_days": st.sampled_from([1, 7, 60]), "windows": _some(list(WINDOWS), 3)},
    )


def _occasions(now: datetime, reach: timedelta) -> st.SearchStrategy[Occasion]:
    ages = st.sampled_from([timedelta(), reach, reach + _SECOND, -_SECOND, timedelta(hours=1)])
    return st.builds(
        Occasion,
        _mostly(timedelta(), ages).map(lambda age: now - age),
        st.none() | _goods(),
        st.none() | _COUNTRIES,
        st.sampled_from(CHANNELS),
        st.sampled_from([None, True, False]),
    )


def _goods() -> st.SearchStrategy[Goods]:
    return st.builds(
        Goods,
        st.sampled_from([1, 2, 3]),
        st.sampled_from(["", "alba", "borealis"]),
        _some(["new", "sale", "gift"]).map(frozenset),
        _some([10, 20, 30]).map(frozenset),
        st.none() | _PRICES,
    )


def _filters() -> st.SearchStrategy[Filters]:
    """One of them, or some together."""
    each: dict[str, st.SearchStrategy[Any]] = {
        "only": _selections(),
        "never": _selections(),
        "least_price": _PRICES,
        "most_price": _PRICES,
        "countries": st.lists(_COUNTRIES, unique=True, max_size=2).map(tuple),
        "customers": st.sampled_from(["first", "repeat"]),
        "channels": _some(list(CHANNELS)),
    }
    alone = [st.fixed_dictionaries({name: one}) for name, one in each.items()]
    return st.one_of(*alone, st.fixed_dictionaries({}, optional=each)).map(
        lambda chosen: Filters(**chosen)
    )


def _selections() -> st.SearchStrategy[Selection]:
    return st.builds(
        Selection,
        _some([1, 2, 3]),
        _some([10, 20, 30]),
        _some(["alba", "borealis"]),
        _some(["new", "sale", "gift"]),
    )


def _schedules(local: datetime) -> st.SearchStrategy[Schedule]:
    """Around that very moment of the shop's clock."""
    days = st.none() | st.sampled_from([-1, 0, 1]).map(lambda by: (local + by * _DAY).date())
    minutes = st.sampled_from([-600, -1, 0, 1, 600]) | st.integers(-1440, 1440)
    clocks = minutes.map(lambda by: f"{local.replace(tzinfo=None) + by * _MINUTE:%H:%M}")
    return st.builds(
        Schedule,
        days,
        days,
        _mostly(WEEKDAYS, _some(list(WEEKDAYS), 6)),
        st.none() | st.builds(QuietHours, clocks, clocks),
    )


def _mostly(usual: T, other: st.SearchStrategy[T]) -> st.SearchStrategy[T]:
    return st.one_of(st.just(usual), st.just(usual), other)


def _some(names: list[T], most: int = 2) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(st.sampled_from(names), unique=True, max_size=most).map(tuple)
