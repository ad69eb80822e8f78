"""A shop with twenty rules that all want something else, and what happens there."""

import itertools
import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from app.domain.kinds import BY_NAME
from app.domain.rule_filters import Goods, Occasion
from app.domain.rules import CHANNELS, Filters, Rule, Schedule, Selection, Wish
from app.domain.settings import QuietHours

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
RULES = 20
OCCASIONS = 2_000

_VENDORS = [f"vendor {number}" for number in range(12)]
_TAGS = [f"tag {number}" for number in range(40)]
_COUNTRIES = ["FR", "DE", "US", "GB", "ES", "IT", "NL", "PL", "JP", "BR"]
_NIGHT = QuietHours("22:00", "07:30")
_NOON = QuietHours("12:00", "14:00")

_FILTERS = (
    Filters(),
    Filters(only=Selection(products=tuple(range(100, 350)))),
    Filters(only=Selection(vendors=tuple(_VENDORS[:6]), tags=tuple(_TAGS[:10]))),
    Filters(never=Selection(collections=tuple(range(1, 20)))),
    Filters(never=Selection(tags=tuple(_TAGS[20:])), least_price=Decimal(5)),
    Filters(least_price=Decimal(10), most_price=Decimal(100)),
    Filters(countries=tuple(_COUNTRIES[:5])),
    Filters(countries=("FR",), channels=("online",), most_price=Decimal(500)),
    Filters(customers="first"),
    Filters(customers="repeat", only=Selection(collections=(3, 4, 5))),
)
_SCHEDULES = (
    Schedule(),
    Schedule(quiet_hours=_NIGHT),
    Schedule(weekdays=("mon", "tue", "wed", "thu", "fri"), quiet_hours=_NIGHT),
    Schedule(begins_on=date(2026, 11, 1), ends_on=date(2026, 12, 24)),
    Schedule(quiet_hours=_NOON),
    Schedule(ends_on=date(2026, 11, 1)),
)


def rules(shop: int = 0) -> list[Rule]:
    """Ten sets of filters meet six schedules, so that no two rules are alike."""
    wishes = zip(BY_NAME, _FILTERS, strict=True)
    together = zip(itertools.cycle(wishes), itertools.cycle(_SCHEDULES), strict=False)
    return [
        Rule(UUID(int=shop * RULES + number), kind, True, Wish(filters=filters, schedule=schedule))
        for number, ((kind, filters), schedule) in enumerate(itertools.islice(together, RULES))
    ]


def occasions() -> list[Occasion]:
    """Mostly orders of the last days over the online store, some old, some about no product."""
    chance = random.Random(20)
    return [_occasion(chance) for _ in range(OCCASIONS)]


def _occasion(chance: random.Random) -> Occasion:
    days = 30 if chance.random() < 0.1 else 3
    return Occasion(
        NOW - timedelta(seconds=chance.randrange(days * 86_400)),
        _goods(chance) if chance.random() < 0.95 else None,
        chance.choice(_COUNTRIES),
        "online" if chance.random() < 0.8 else chance.choice(CHANNELS),
        chance.choice([True, False, None]),
    )


def _goods(chance: random.Random) -> Goods:
    return Goods(
        chance.randrange(1, 500),
        chance.choice(_VENDORS),
        frozenset(chance.sample(_TAGS, 4)),
        frozenset(chance.sample(range(1, 60), 3)),
        Decimal(chance.randrange(100, 60_000)) / 100,
    )
