"""`orders` and `order`, as much as tells whether a webhook went missing."""

from collections.abc import Callable
from typing import Any

from sandbox.shopify.admin_api.calls import Call
from sandbox.shopify.admin_api.connections import connection
from sandbox.shopify.admin_api.gids import find, gid
from sandbox.shopify.state.moments import in_utc
from sandbox.shopify.state.orders import Order

Json = dict[str, Any]

SORTS: dict[str, Callable[[Order], Any]] = {
    "ID": lambda one: one.id,
    "ORDER_NUMBER": lambda one: one.number,
    "CREATED_AT": lambda one: in_utc(one.created_at),
    "PROCESSED_AT": lambda one: in_utc(one.created_at),
    "UPDATED_AT": lambda one: in_utc(one.updated_at),
}
SEARCHED: dict[str, Callable[[Order], Any]] = {
    "id": lambda one: one.id,
    "created_at": lambda one: one.created_at,
    "processed_at": lambda one: one.created_at,
    "updated_at": lambda one: one.updated_at,
    "financial_status": lambda one: one.financial_status,
}


def index(info: Any, sortKey: str = "PROCESSED_AT", **page: Any) -> Json:
    call: Call = info.context
    made = call.stand_in.world.orders(call.shop.domain)
    return connection(made, described, SORTS, SEARCHED, sortKey=sortKey, **page)


def show(info: Any, id: str) -> Json | None:
    call: Call = info.context
    found = find(call.stand_in.world.orders(call.shop.domain), "Order", id)
    return None if found is None else described(found)


ANSWERS = {"orders": index, "order": show}


def described(made: Order) -> Json:
    return {
        "__typename": "Order",
        "id": gid("Order", made.id),
        "legacyResourceId": str(made.id),
        "name": made.name,
        "number": made.number,
        "createdAt": in_utc(made.created_at),
        "processedAt": in_utc(made.created_at),
        "updatedAt": in_utc(made.updated_at),
        "cancelledAt": None if made.cancelled_at is None else in_utc(made.cancelled_at),
        "displayFinancialStatus": made.financial_status.upper(),
        "currencyCode": made.shop.currency,
        "test": made.test,
    }
