"""Pages of things: forward, with cursors that stay right while things come, go and move."""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from graphql import GraphQLError

from sandbox.shopify.admin_api import searches

Json = dict[str, Any]
Thing = TypeVar("Thing")
Key = tuple[Any, Any]
MOST = 250


def connection(
    things: Iterable[Thing],
    describe: Callable[[Thing], Json],
    sorts: Mapping[str, Callable[[Thing], Any]],
    searched: Mapping[str, Callable[[Thing], Any]] | None = None,
    *,
    first: int | None = None,
    after: str | None = None,
    sortKey: str = "ID",
    reverse: bool = False,
    query: str | None = None,
    **others: Any,
) -> Json:
    """`sorts` by name, `ID` among them, give texts or numbers; so do `searched` by field.

    What the stand-in cannot do is refused rather than ignored.
    """
    _insist_on_known(others)
    key = _key(sorts, sortKey)
    found = [one for one in things if searches.fits(query, one, searched or {})]
    ordered = sorted(found, key=key, reverse=reverse)
    return _page(ordered, describe, key, _size(first), after, reverse)


def _page(
    ordered: list[Thing],
    describe: Callable[[Thing], Json],
    key: Callable[[Thing], Key],
    size: int,
    after: str | None,
    reverse: bool,
) -> Json:
    rest = ordered if after is None else _behind(ordered, key, _position(after), reverse)
    chosen = rest[:size]
    edges = [{"node": describe(one), "cursor": _cursor(key(one))} for one in chosen]
    cursors = [edge["cursor"] for edge in edges]
    return {
        "edges": edges,
        "nodes": [edge["node"] for edge in edges],
        "pageInfo": {
            "hasNextPage": len(rest) > size,
            "hasPreviousPage": len(rest) < len(ordered),
            "startCursor": cursors[0] if cursors else None,
            "endCursor": cursors[-1] if cursors else None,
        },
    }


def _insist_on_known(others: Json) -> None:
    if unknown := [name for name, value in others.items() if value]:
        raise GraphQLError(f"The stand-in does not know {', '.join(unknown)} yet.")


def _size(first: int | None) -> int:
    if first is None:
        raise GraphQLError("you must provide one of first or last")
    if not 0 < first <= MOST:
        raise GraphQLError(f"first must be between 1 and {MOST}, not {first}.")
    return first


def _key(sorts: Mapping[str, Callable[[Thing], Any]], name: str) -> Callable[[Thing], Key]:
    if name not in sorts:
        raise GraphQLError(f"The stand-in does not sort by {name} yet.")
    return lambda one: (sorts[name](one), sorts["ID"](one))


def _behind(
    ordered: list[Thing], key: Callable[[Thing], Key], position: Key, reverse: bool
) -> list[Thing]:
    if reverse:
        return [one for one in ordered if key(one) < position]
    return [one for one in ordered if key(one) > position]


def _cursor(key: Key) -> str:
    """Names the last thing seen rather than counting, as Shopify's do."""
    value, number = key
    told = {"last_id": number, "last_value": value}
    return base64.b64encode(json.dumps(told).encode()).decode()


def _position(cursor: str) -> Key:
    try:
        told = json.loads(base64.b64decode(cursor, validate=True))
        return told["last_value"], told["last_id"]
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        raise GraphQLError("Invalid cursor for current pagination sort.") from error
