"""A merchant's wish: which kind of notification, in which words, how fresh."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid5

import msgspec

RECENT_ORDER = "recent-order"
KINDS = (RECENT_ORDER,)

_RULE_IDS = UUID("0b0f6c0e-3a0b-4a3e-8f0d-5f6a9d1c2b7e")


class Wish(msgspec.Struct, frozen=True):
    """What a merchant may choose of a rule; own wording by language, `{product}` being its title.

    A language without one has Earshot's own sentences, see `wordings`.
    """

    wording: dict[str, str] = {}
    recency_days: int = 7

    @property
    def recency(self) -> timedelta:
        return timedelta(days=self.recency_days)


class Rule(msgspec.Struct, frozen=True):
    id: UUID
    kind: str
    enabled: bool
    wish: Wish

    def since(self, now: datetime) -> datetime:
        """The oldest moment that shoppers may still hear of."""
        return now - self.wish.recency

    def is_recent(self, occurred_at: datetime, now: datetime) -> bool:
        """Whether shoppers may still hear of it."""
        return now - occurred_at <= self.wish.recency


def oldest_shown(rules: Iterable[Rule], now: datetime) -> datetime | None:
    """The oldest moment that open pages may still show something of; None where no rule tells."""
    return min((rule.since(now) for rule in rules), default=None)


def first_of(shop: str) -> Rule:
    """The rule that a shop begins with."""
    return Rule(
        id=uuid5(_RULE_IDS, f"{shop} {RECENT_ORDER}"),
        kind=RECENT_ORDER,
        enabled=True,
        wish=Wish(),
    )
