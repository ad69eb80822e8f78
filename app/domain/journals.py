"""What was done to derived rows, in order: what no delivery says, and replays need to know."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from app.domain.buyers import Place
from app.domain.notifications import ProductFacts
from app.domain.rule_filters import Goods

When = Literal["before", "after"]


class Seen(msgspec.Struct, omit_defaults=True):
    """What was looked up outside of the derived tables; all of it is about goods, or a number.

    `others` is how many other buyers of late came from its places, by rule; `stocks` how many of a
    product there were before an event and after it; `is_first` whether an order is its customer's
    first, where a rule asked and somebody knew; `opted_out` whether its customer is never to be
    told of, `orders` those that were known to be a customer's.
    """

    facts: dict[int, ProductFacts | None] = {}
    goods: dict[int, Goods] = {}
    others: dict[UUID, dict[Place, int]] = {}
    product: int | None = None
    stocks: dict[When, int | None] = {}
    was_published: bool = False
    is_first: bool | None = None
    opted_out: bool = False
    orders: tuple[str, ...] = ()


class Basis(msgspec.Struct, frozen=True):
    """By what was decided: the numbers of rules and settings, and the shop's time zone."""

    rules: int
    settings: int
    zone: str


class Reacted(msgspec.Struct, frozen=True, tag="reacted", tag_field="deed"):
    """An event was worked off; `received_at` is its delivery's."""

    event: UUID
    delivery: int
    received_at: datetime
    basis: Basis
    seen: Seen


class Counted(msgspec.Struct, frozen=True, tag="counted", tag_field="deed"):
    """A product was counted anew by itself, and that changed what is told of it."""

    rule: UUID
    product: int
    basis: Basis
    seen: Seen


class Withdrew(msgspec.Struct, frozen=True, tag="withdrew", tag_field="deed"):
    """By the merchant's hand."""

    notifications: tuple[UUID, ...]
    reason: str


class WithdrewOf(msgspec.Struct, frozen=True, tag="withdrew-of", tag_field="deed"):
    """All that was told of these products: Shopify was asked about them."""

    products: tuple[int, ...]
    reason: str


class Hid(msgspec.Struct, frozen=True, tag="hid", tag_field="deed"):
    """The merchant does not let cards tell these facts any more."""

    notifications: tuple[UUID, ...]
    facts: tuple[str, ...]


class Left(msgspec.Struct, frozen=True):
    """What stayed of a notification that told of somebody: how often it had changed, and its proof,
    which the erased deliveries do not say any more."""

    id: UUID
    revision: int
    proof: tuple[UUID, ...]


class Redacted(msgspec.Struct, frozen=True, tag="redacted", tag_field="deed"):
    """A customer was erased; `customer` is our own id of one who was forgotten."""

    notifications: tuple[Left, ...]
    customer: UUID | None = None


Deed = Reacted | Counted | Withdrew | WithdrewOf | Hid | Redacted


class Entry(msgspec.Struct, frozen=True):
    id: int
    at: datetime
    deed: Deed


_decoder: msgspec.json.Decoder[Deed] = msgspec.json.Decoder(Deed)


def encode(deed: Deed) -> str:
    return msgspec.json.encode(deed).decode()


def decode(text: str) -> Deed:
    return _decoder.decode(text)
