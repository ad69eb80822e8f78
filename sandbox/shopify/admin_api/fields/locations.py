"""`locations` and `location`."""

from collections.abc import Callable
from typing import Any

from sandbox.shopify.admin_api.calls import Call
from sandbox.shopify.admin_api.connections import connection
from sandbox.shopify.admin_api.fields import inventory
from sandbox.shopify.admin_api.gids import find, gid
from sandbox.shopify.state.locations import Location
from sandbox.shopify.state.moments import in_utc

Json = dict[str, Any]

SORTS: dict[str, Callable[[Location], Any]] = {
    "ID": lambda one: one.id,
    "NAME": lambda one: one.name,
}


def index(
    info: Any,
    sortKey: str = "NAME",
    includeInactive: bool = False,
    includeLegacy: bool = False,
    **page: Any,
) -> Json:
    call: Call = info.context
    known = [one for one in call.shop.locations if one.is_active or includeInactive]
    return connection(known, lambda one: described(call, one), SORTS, sortKey=sortKey, **page)


def show(info: Any, id: str | None = None) -> Json | None:
    """Without an id, where online orders are sent from."""
    call: Call = info.context
    wanted = gid("Location", call.shop.location_id) if id is None else id
    found = find(call.shop.locations, "Location", wanted)
    return None if found is None else described(call, found)


ANSWERS = {"locations": index, "location": show}


def place(call: Call, location_id: int) -> Location:
    return next(one for one in call.shop.locations if one.id == location_id)


def described(call: Call, shown: Location) -> Json:
    return {
        "__typename": "Location",
        "id": gid("Location", shown.id),
        "legacyResourceId": str(shown.id),
        "name": shown.name,
        "isActive": shown.is_active,
        "fulfillsOnlineOrders": shown.id == call.shop.location_id,
        "isFulfillmentService": False,
        "shipsInventory": True,
        "createdAt": in_utc(shown.created_at),
        "updatedAt": in_utc(shown.created_at),
        "inventoryLevels": lambda _, **page: inventory.levels_at(call, shown, **page),
    }
