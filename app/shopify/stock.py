"""Where a shop keeps its goods, and how many of each, as the Admin API answers it."""

from datetime import datetime

import msgspec

from app.shopify import gids
from app.shopify.ids import Small
from app.shopify.moments import with_zone
from app.shopify.queries import Connection, Page, Query


class _Node(msgspec.Struct):
    id: str


class _Quantity(msgspec.Struct):
    quantity: Small


class _Level(msgspec.Struct, rename="camel"):
    is_active: bool
    updated_at: datetime
    item: _Node
    quantities: list[_Quantity]


class _Locations(msgspec.Struct):
    locations: Connection[_Node]


class _WithLevels(msgspec.Struct, rename="camel"):
    inventory_levels: Connection[_Level]


class _OneLocation(msgspec.Struct):
    location: _WithLevels | None


class LevelHere(msgspec.Struct, frozen=True):
    """A level of the location that was asked for."""

    inventory_item: int
    updated_at: datetime
    available: int | None


LOCATIONS: Query[Page[int]] = Query(
    "locations_page", _Locations, lambda answer: answer.locations.page(_number), first=250
)
# None where the location is gone.
LEVELS: Query[Page[LevelHere] | None] = Query(
    "levels_page",
    _OneLocation,
    lambda answer: answer.location and answer.location.inventory_levels.page(_level),
    first=250,
)


def _number(node: _Node) -> int:
    return gids.number(node.id)


def _level(node: _Level) -> LevelHere:
    stocked = node.is_active and node.quantities
    return LevelHere(
        inventory_item=gids.number(node.item.id),
        updated_at=with_zone(node.updated_at),
        available=node.quantities[0].quantity if stocked else None,
    )
