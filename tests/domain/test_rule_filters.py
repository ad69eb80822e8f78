"""What a rule lets pass, against an oracle that lists all that speaks against it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from app.domain.kinds import ORDER_COUNT, RECENT_ORDER
from app.domain.rule_filters import Goods, Judge, Occasion
from app.domain.rules import Filters, Rule, Schedule, Selection, Wish
from app.domain.settings import QuietHours
from tests.domain.rule_questions import Question, questions

HOUR = timedelta(hours=1)
PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)  # a Wednesday
NIGHT = Schedule(quiet_hours=QuietHours("22:00", "08:00"))
MUG = Goods(8001, "alba", frozenset({"new"}), frozenset({301}), Decimal("24.50"))


def nth_sunday(month: int, number: int, hour: int) -> datetime:
    """Of 2026; the last one is number -1."""
    days = [day for day in range(1, 31) if datetime(2026, month, day).isoweekday() == 7]
    return datetime(2026, month, days[number], hour, tzinfo=UTC)


def paris(now: datetime) -> timedelta:
    return HOUR * (2 if nth_sunday(3, -1, 1) <= now < nth_sunday(10, -1, 1) else 1)


def new_york(now: datetime) -> timedelta:
    return -HOUR * (4 if nth_sunday(3, 1, 7) <= now < nth_sunday(11, 0, 6) else 5)


def auckland(now: datetime) -> timedelta:
    """Of the south: its summer is around the new year. Its Sundays begin on our Saturdays."""
    begins, ends = datetime(2026, 9, 26, 14, tzinfo=UTC), datetime(2026, 4, 4, 14, tzinfo=UTC)
    return HOUR * (12 if ends <= now < begins else 13)


# By hand, with no table of time zones.
AHEAD: dict[str, Callable[[datetime], timedelta]] = {
    "UTC": lambda now: timedelta(),
    "Asia/Kolkata": lambda now: HOUR * 5.5,
    "Europe/Paris": paris,
    "America/New_York": new_york,
    "Pacific/Auckland": auckland,
}


def objections(rule: Rule, asked: Occasion, now: datetime, local: datetime) -> set[str]:
    """The oracle: every word whose condition holds."""
    parts = (_of_rule(rule, asked, now), _of_sale(rule, asked), _of_goods(rule, asked))
    return {word for part in (*parts, _of_schedule(rule, local)) for word in part}


def _of_rule(rule: Rule, asked: Occasion, now: datetime) -> Iterator[str]:
    if rule.enabled is False:
        yield "rule-off"
    days = [rule.wish.recency_days]
    if rule.kind in ("order-count", "cart-activity"):
        days = [{"24h": 1, "7d": 7, "30d": 30}[each] for each in rule.wish.windows]
    if (now - asked.occurred_at).total_seconds() > 86_400 * max([0, *days]):
        yield "too-old"


def _of_sale(rule: Rule, asked: Occasion) -> Iterator[str]:
    filters = rule.wish.filters
    if asked.channel not in filters.channels:
        yield "channel"
    if filters.countries and asked.country not in filters.countries:
        yield "country"
    if filters.customers != "all":
        known = {True: "first", False: "repeat", None: "unknown"}[asked.is_first]
        if known != filters.customers:
            yield "customer"


def _of_goods(rule: Rule, asked: Occasion) -> Iterator[str]:
    filters, goods = rule.wish.filters, asked.goods
    price = None if goods is None else goods.price
    limits = (filters.least_price, filters.most_price)
    bounds = [limit for limit in limits if limit is not None]
    if bounds and price is None:
        yield "price"
    elif price is not None:
        if filters.least_price is not None and price < filters.least_price:
            yield "price"
        if filters.most_price is not None and price > filters.most_price:
            yield "price"
    if _names(filters.never, goods):
        yield "excluded-product"
    only = filters.only
    if any((only.products, only.collections, only.vendors, only.tags)) and not _names(only, goods):
        yield "other-product"


def _names(selection: Selection, goods: Goods | None) -> bool:
    if goods is None:
        return False
    said = {("product", goods.id), ("vendor", goods.vendor)}
    said |= {("tag", tag) for tag in goods.tags} | {("in", one) for one in goods.collections}
    asked: list[tuple[str, Any]] = [("product", one) for one in selection.products]
    asked += [("in", one) for one in selection.collections]
    asked += [("vendor", one) for one in selection.vendors]
    asked += [("tag", one) for one in selection.tags]
    return not said.isdisjoint(asked)


def _of_schedule(rule: Rule, local: datetime) -> Iterator[str]:
    schedule = rule.wish.schedule
    day = f"{local:%Y-%m-%d}"
    if f"{schedule.begins_on or ''}" > day or f"{schedule.ends_on or '9999'}" < day:
        yield "not-scheduled"
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    if names[local.isoweekday() - 1] not in schedule.weekdays:
        yield "not-scheduled"
    if schedule.quiet_hours:
        hours = schedule.quiet_hours
        start, end = (int(one[:2]) * 60 + int(one[3:]) for one in (hours.start, hours.end))
        # Minutes since quiet began, and for how many it lasts; from a time to itself is all day.
        if (local.hour * 60 + local.minute - start) % 1440 < ((end - start) % 1440 or 1440):
            yield "quiet-hours"


@settings(max_examples=500)
@given(questions())
def test_rule_tells_exactly_what_nothing_speaks_against(question: Question) -> None:
    rule, asked, now, zone = question
    said = Judge(rule, ZoneInfo(zone)).reason_against(asked, now)
    against = objections(rule, asked, now, (now + AHEAD[zone](now)).replace(tzinfo=None))
    assert said in against if against else said is None


def rule(kind: str = RECENT_ORDER, *, enabled: bool = True, **wish: Any) -> Rule:
    return Rule(UUID(int=1), kind, enabled, Wish(**wish))


def against(asked: Rule | Filters | Schedule, zone: tzinfo = PARIS, **occasion: Any) -> str | None:
    """The word about a mug that was bought just now."""
    if isinstance(asked, Filters):
        asked = rule(filters=asked)
    if isinstance(asked, Schedule):
        asked = rule(schedule=asked)
    now = occasion.pop("now", NOW)
    told = Occasion(**{"occurred_at": now, "goods": MUG, **occasion})
    return Judge(asked, zone).reason_against(told, now)


def test_rule_without_wishes_tells_all_that_is_recent() -> None:
    assert against(rule()) is None
    assert against(rule(), goods=None) is None


def test_rule_that_is_off_tells_nothing() -> None:
    assert against(rule(enabled=False)) == "rule-off"


def test_what_is_older_than_the_merchant_wants_is_not_told() -> None:
    asked = rule(recency_days=3)
    assert against(asked, occurred_at=NOW - timedelta(days=3)) is None
    assert against(asked, occurred_at=NOW - timedelta(days=3, microseconds=1)) == "too-old"


def test_what_is_counted_is_as_old_as_the_widest_window() -> None:
    asked = rule(ORDER_COUNT, windows=("24h", "30d"), recency_days=1)
    assert against(asked, occurred_at=NOW - timedelta(days=30)) is None
    assert against(asked, occurred_at=NOW - timedelta(days=31)) == "too-old"


@pytest.mark.parametrize(
    "named",
    [
        Selection(products=(8001,)),
        Selection(collections=(301,)),
        Selection(vendors=("alba",)),
        Selection(tags=("new",)),
        Selection(products=(1,), tags=("new",)),
    ],
)
def test_product_is_meant_by_any_one_thing_that_is_said_of_it(named: Selection) -> None:
    assert against(Filters(only=named)) is None
    assert against(Filters(never=named)) == "excluded-product"


@pytest.mark.parametrize(
    "other",
    [
        Selection(products=(8002,)),
        Selection(collections=(302,)),
        Selection(vendors=("borealis",)),
        Selection(tags=("sale",)),
    ],
)
def test_product_that_nothing_names_is_another(other: Selection) -> None:
    assert against(Filters(only=other)) == "other-product"
    assert against(Filters(never=other)) is None


def test_vendors_and_tags_are_the_same_in_capitals() -> None:
    """A rule that was saved by a program keeps no product in by how it is spelt."""
    assert against(Filters(never=Selection(vendors=("ALBA",)))) == "excluded-product"
    assert against(Filters(never=Selection(tags=("New",)))) == "excluded-product"
    assert against(Filters(only=Selection(vendors=("Alba",)))) is None


def test_excluded_product_stays_out_though_it_is_also_asked_for() -> None:
    named = Selection(products=(8001,))
    assert against(Filters(only=named, never=named)) == "excluded-product"


def test_what_is_about_no_product_is_none_of_those_asked_for() -> None:
    named = Selection(products=(8001,))
    assert against(Filters(only=named), goods=None) == "other-product"
    assert against(Filters(never=named), goods=None) is None


def test_product_without_a_vendor_is_of_no_vendor_asked_for() -> None:
    assert against(Filters(only=Selection(vendors=("alba",))), goods=Goods(1)) == "other-product"


@pytest.mark.parametrize(
    ("least", "most", "word"),
    [
        ("24.50", None, None),
        (None, "24.5", None),
        ("24.51", None, "price"),
        (None, "24.49", "price"),
        ("10", "30", None),
    ],
)
def test_price_lies_between_the_limits_both_included(
    least: str | None, most: str | None, word: str | None
) -> None:
    filters = Filters(
        least_price=Decimal(least) if least else None, most_price=Decimal(most) if most else None
    )
    assert against(filters) == word


def test_price_that_nobody_knows_passes_no_limit() -> None:
    assert against(Filters(least_price=Decimal(0)), goods=Goods(1)) == "price"
    assert against(Filters(most_price=Decimal(100)), goods=None) == "price"


def test_order_is_from_one_of_the_countries() -> None:
    assert against(Filters(countries=("FR", "DE")), country="FR") is None
    assert against(Filters(countries=("FR", "DE")), country="US") == "country"
    assert against(Filters(countries=("FR",)), country=None) == "country"


def test_customer_buys_for_the_first_time_or_again() -> None:
    first, repeat = Filters(customers="first"), Filters(customers="repeat")
    assert against(first, is_first=True) is None
    assert against(first, is_first=False) == "customer"
    assert against(repeat, is_first=False) is None
    assert against(repeat, is_first=True) == "customer"


def test_customer_of_whom_nobody_knows_is_neither_new_nor_back() -> None:
    assert against(Filters(customers="first")) == "customer"
    assert against(Filters(customers="repeat")) == "customer"


def test_order_came_over_one_of_the_channels() -> None:
    assert against(Filters(channels=("online",)), channel="online") is None
    assert against(Filters(channels=("online",)), channel="pos") == "channel"


def test_nothing_is_told_outside_the_days_of_the_schedule() -> None:
    day = (NOW + HOUR).date()
    one = timedelta(days=1)
    assert against(Schedule(begins_on=day, ends_on=day)) is None
    assert against(Schedule(begins_on=day + one)) == "not-scheduled"
    assert against(Schedule(ends_on=day - one)) == "not-scheduled"


def test_nothing_is_told_on_other_days_of_the_week() -> None:
    assert against(Schedule(weekdays=("wed",))) is None
    assert against(Schedule(weekdays=("mon", "tue", "thu"))) == "not-scheduled"


def test_days_are_those_of_the_shop_s_calendar() -> None:
    """Thursday has begun in Auckland when it is Wednesday noon in Greenwich."""
    thursdays = Schedule(weekdays=("thu",))
    assert against(thursdays, ZoneInfo("Pacific/Auckland")) is None
    assert against(thursdays, ZoneInfo("America/New_York")) == "not-scheduled"


@pytest.mark.parametrize(
    ("clock", "word"),
    [
        ("21:59:59", None),
        ("22:00", "quiet-hours"),
        ("00:00", "quiet-hours"),
        ("07:59:59", "quiet-hours"),
        ("08:00", None),
    ],
)
def test_quiet_hours_reach_over_midnight(clock: str, word: str | None) -> None:
    now = datetime.fromisoformat(f"2026-11-25T{clock}").replace(tzinfo=PARIS)
    assert against(NIGHT, now=now.astimezone(UTC)) == word


@pytest.mark.parametrize(
    ("clock", "word"),
    [("11:59", None), ("12:00", "quiet-hours"), ("13:59", "quiet-hours"), ("14:00", None)],
)
def test_quiet_hours_may_be_at_noon(clock: str, word: str | None) -> None:
    now = datetime.fromisoformat(f"2026-11-25T{clock}").replace(tzinfo=PARIS)
    assert against(Schedule(quiet_hours=QuietHours("12:00", "14:00")), now=now) == word


@pytest.mark.parametrize(("day", "utc"), [("2026-03-28", 7), ("2026-03-29", 6), ("2026-10-25", 7)])
def test_quiet_hours_end_by_the_shop_s_clock_when_clocks_are_changed(day: str, utc: int) -> None:
    morning = datetime.fromisoformat(f"{day}T0{utc}:00+00:00")
    assert against(NIGHT, now=morning) is None
    assert against(NIGHT, now=morning - timedelta(seconds=1)) == "quiet-hours"
