"""A merchant's wish: which kind of notification, about what, in which words, how fresh."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID, uuid5

import msgspec
from msgspec import Meta

from app.domain.events import Channel
from app.domain.kinds import BY_NAME, RECENT_ORDER, Kind
from app.domain.settings import QuietHours

Window = Literal["24h", "7d", "30d"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Order = Literal["newest", "this-page", "random"]

CHANNELS: tuple[Channel, ...] = ("online", "pos", "draft", "other")
WINDOWS: dict[Window, timedelta] = {
    "24h": timedelta(hours=24),
    "7d": timedelta(days=7),
    "30d": timedelta(days=30),
}
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# Activity is counted no further: more than that is never told.
MOST_COUNTED = 500

_RULE_IDS = UUID("0b0f6c0e-3a0b-4a3e-8f0d-5f6a9d1c2b7e")

Ids = Annotated[tuple[int, ...], Meta(max_length=250)]
# Without NUL, which Postgres has no text with.
Words = Annotated[
    tuple[Annotated[str, Meta(min_length=1, max_length=255, pattern=r"^[^\x00]+\Z")], ...],
    Meta(max_length=250),
]
# As programs report it (domain.reports), in lower case.
Report = Annotated[
    str,
    Meta(
        pattern=r"^(?:[a-z][a-z0-9-]{0,39})?\Z",
        extra={
            "problem": "Use up to 40 small letters, digits and dashes, beginning with a letter."
        },
    ),
]
Country = Annotated[str, Meta(pattern=r"^[A-Z]{2}\Z")]


class Selection(msgspec.Struct, frozen=True, omit_defaults=True):
    """Products: by themselves, or by what is said of them. Vendors and tags in lower case."""

    products: Ids = ()
    collections: Ids = ()
    vendors: Words = ()
    tags: Words = ()


class Filters(msgspec.Struct, frozen=True, omit_defaults=True):
    """All must agree; an empty one lets everything pass. Prices are one unit's, in the shop's
    currency; channels and customers are of orders.
    """

    only: Selection = Selection()
    never: Selection = Selection()
    least_price: Decimal | None = None
    most_price: Decimal | None = None
    countries: Annotated[tuple[Country, ...], Meta(max_length=250)] = ()
    customers: Literal["all", "first", "repeat"] = "all"
    channels: tuple[Channel, ...] = CHANNELS


class Schedule(msgspec.Struct, frozen=True, omit_defaults=True):
    """Days of the shop's calendar, both included, and hours of its clock."""

    begins_on: date | None = None
    ends_on: date | None = None
    weekdays: tuple[Weekday, ...] = WEEKDAYS
    quiet_hours: QuietHours | None = None


class Wish(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a merchant may choose of a rule.

    `wording` is their own, by language, as `domain.templates` reads it; a language without one has
    Earshot's own sentences. `minimum` is the least that is told (orders, carts, stars), for low
    stock the most, up to 500; 0 is the kind's own. Windows widen one after the other until there is
    enough to tell. `report` is the kind of news that a rule of reported ones listens to. A higher
    `priority` goes first; `order` and `weight` say which and how often among equals, see
    `domain.ranks`.
    """

    wording: dict[str, str] = {}
    recency_days: Annotated[int, Meta(ge=1, le=60)] = 7
    filters: Filters = Filters()
    schedule: Schedule = Schedule()
    # `domain.rule_checks` allows MOST_COUNTED; earlier releases stored more.
    minimum: Annotated[int, Meta(ge=0, le=10_000)] = 0
    windows: tuple[Window, ...] = ("24h", "7d")
    report: Report = ""
    priority: Annotated[int, Meta(ge=0, le=9)] = 5
    order: Order = "newest"
    weight: Annotated[int, Meta(ge=1, le=10)] = 1

    @property
    def recency(self) -> timedelta:
        return timedelta(days=self.recency_days)


class Rule(msgspec.Struct, frozen=True):
    """`version` is how often it was saved: 0 for one that a shop begins with. One that `is_removed`
    is switched off for good.
    """

    id: UUID
    kind: str
    enabled: bool
    wish: Wish
    version: int = 0
    is_removed: bool = False

    @property
    def minimum(self) -> int:
        return self.wish.minimum or self.of_kind.minimum

    @property
    def of_kind(self) -> Kind:
        """One of a newer release says nothing and counts nothing."""
        return BY_NAME.get(self.kind) or Kind(self.kind, self.kind, frozenset(), (), "")

    @property
    def reach(self) -> timedelta:
        """How long ago shoppers may still hear of; what is counted, as far as it is counted."""
        if self.of_kind.has_windows:
            return max((WINDOWS[each] for each in self.wish.windows), default=timedelta())
        return self.wish.recency

    def since(self, now: datetime) -> datetime:
        """The oldest moment that shoppers may still hear of."""
        return now - self.reach

    def is_recent(self, occurred_at: datetime, now: datetime) -> bool:
        """Whether shoppers may still hear of it."""
        return now - occurred_at <= self.reach


class RuleStale(Exception):
    """Somebody has saved since: `yours` began from an older version than `theirs`."""

    def __init__(self, yours: Rule, theirs: Rule) -> None:
        super().__init__(f"Version {yours.version} of the rule is not the newest any more.")
        self.yours = yours
        self.theirs = theirs


def beginning(shop: str) -> list[Rule]:
    """What a shop begins with: one of each kind, of which only recent orders are told."""
    return [
        Rule(uuid5(_RULE_IDS, f"{shop} {kind}"), kind, enabled=kind == RECENT_ORDER, wish=Wish())
        for kind in BY_NAME
    ]


def oldest_shown(rules: Iterable[Rule], now: datetime) -> datetime | None:
    """The oldest moment that open pages may still show something of; None where no rule tells."""
    return min((rule.since(now) for rule in rules), default=None)


def first_of(shop: str) -> Rule:
    """The rule about recent orders that a shop begins with."""
    return beginning(shop)[0]
