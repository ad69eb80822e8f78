"""Whether something that happened passes a rule, and in one word why not. Pure and quick."""

from collections.abc import Callable
from datetime import date, datetime, time, tzinfo
from decimal import Decimal

import msgspec

from app.domain.events import Channel
from app.domain.rules import CHANNELS, WEEKDAYS, Filters, Rule, Schedule, Selection
from app.domain.settings import QuietHours

_ANY_GOODS = Selection()
_ALWAYS = Schedule()
_ALL_CHANNELS = frozenset(CHANNELS)


class Goods(msgspec.Struct, frozen=True):
    """A product as filters see it; vendor and tags in lower case, `price` None where unknown."""

    id: int
    vendor: str = ""
    tags: frozenset[str] = frozenset()
    collections: frozenset[int] = frozenset()
    price: Decimal | None = None


class Occasion(msgspec.Struct, frozen=True):
    """What a rule is asked about. `is_first` is None where nobody knows whether it was."""

    occurred_at: datetime
    goods: Goods | None = None
    country: str | None = None
    channel: Channel = "other"
    is_first: bool | None = None


Test = Callable[[Occasion], bool]


class Judge:
    """A rule made ready: only what it asks for is looked at, so that most cost next to nothing."""

    __slots__ = ("_recency", "_rule", "_schedule", "_tests", "_zone")

    def __init__(self, rule: Rule, zone: tzinfo) -> None:
        self._rule = rule
        self._recency = rule.reach
        self._tests = _tests(rule.wish.filters)
        self._schedule = rule.wish.schedule if rule.wish.schedule != _ALWAYS else None
        self._zone = zone

    def reason_against(self, occasion: Occasion, now: datetime) -> str | None:
        """Why shoppers may not hear of it by this rule; None where they may."""
        if not self._rule.enabled:
            return "rule-off"
        if now - occasion.occurred_at > self._recency:
            return "too-old"
        for word, passes in self._tests:
            if not passes(occasion):
                return word
        return when(self._schedule, now.astimezone(self._zone)) if self._schedule else None


def when(schedule: Schedule, local: datetime) -> str | None:
    """Why nothing is told at a moment of the shop's clock; None where something may be."""
    today = local.date()
    if not _is_between(schedule.begins_on, today, schedule.ends_on):
        return "not-scheduled"
    if WEEKDAYS[today.weekday()] not in schedule.weekdays:
        return "not-scheduled"
    if schedule.quiet_hours and _is_quiet(schedule.quiet_hours, local.time()):
        return "quiet-hours"
    return None


def _is_between(first: date | None, day: date, last: date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def _is_quiet(hours: QuietHours, clock: time) -> bool:
    start, end = time.fromisoformat(hours.start), time.fromisoformat(hours.end)
    if start < end:
        return start <= clock < end
    return clock >= start or clock < end


def _tests(filters: Filters) -> tuple[tuple[str, Test], ...]:
    """Those that could say no, the cheapest first."""
    tests: list[tuple[str, Test]] = []
    channels = frozenset(filters.channels)
    if channels != _ALL_CHANNELS:
        tests.append(("channel", lambda occasion: occasion.channel in channels))
    if filters.countries:
        countries = frozenset(filters.countries)
        tests.append(("country", lambda occasion: occasion.country in countries))
    if filters.customers != "all":
        wanted = filters.customers == "first"
        tests.append(("customer", lambda occasion: occasion.is_first is wanted))
    if filters.least_price is not None or filters.most_price is not None:
        tests.append(("price", _price(filters.least_price, filters.most_price)))
    if filters.never != _ANY_GOODS:
        unwanted = _any_of(filters.never)
        tests.append(("excluded-product", lambda occasion: not unwanted(occasion)))
    if filters.only != _ANY_GOODS:
        tests.append(("other-product", _any_of(filters.only)))
    return tuple(tests)


def _price(least: Decimal | None, most: Decimal | None) -> Test:
    """A price that nobody knows passes no limit."""
    low = Decimal(0) if least is None else least
    high = Decimal("Infinity") if most is None else most

    def passes(occasion: Occasion) -> bool:
        goods = occasion.goods
        return goods is not None and goods.price is not None and low <= goods.price <= high

    return passes


def _any_of(selection: Selection) -> Test:
    """Vendors and tags are compared as Shopify does: capitals make no difference."""
    products, collections = frozenset(selection.products), frozenset(selection.collections)
    vendors = frozenset(vendor.lower() for vendor in selection.vendors)
    tags = frozenset(tag.lower() for tag in selection.tags)

    def is_one(occasion: Occasion) -> bool:
        goods = occasion.goods
        return goods is not None and (
            goods.id in products
            or goods.vendor in vendors
            or not tags.isdisjoint(goods.tags)
            or not collections.isdisjoint(goods.collections)
        )

    return is_one
