"""Which access scopes a field needs, as the real schema's data tell."""

import gzip
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from graphql import GraphQLError, GraphQLResolveInfo, get_named_type

from sandbox.shopify.admin_api.schemas import FILE

Info = GraphQLResolveInfo[Any]
Need = tuple[frozenset[str], str]
DOCUMENTATION = "https://shopify.dev/api/usage/access-scopes"


def insist(info: Info, scopes: frozenset[str]) -> None:
    """Any one of the scopes named is enough. Raises ACCESS_DENIED as Shopify words it."""
    for wanted, sentence in _needs(info.parent_type.name, info.field_name, _returned(info)):
        if wanted.isdisjoint(_with_reading(scopes)):
            raise GraphQLError(
                f"Access denied for {info.field_name} field. Required access: {sentence}",
                extensions={
                    "code": "ACCESS_DENIED",
                    "documentation": DOCUMENTATION,
                    "requiredAccess": sentence,
                },
            )


def prepare() -> None:
    _table()


def _returned(info: Info) -> str:
    return get_named_type(info.return_type).name.removesuffix("Connection")


@cache
def _needs(parent: str, field: str, returned: str) -> tuple[Need, ...]:
    asked = ((parent, field), (returned, None))
    return tuple(need for key in asked if (need := _table().get(key)) is not None)


@cache
def _table() -> dict[tuple[str, str | None], Need]:
    with gzip.open(FILE) as file:
        items = json.load(file)["offline_scopes"]["items"]
    return {
        (one["typeName"], one.get("fieldName")): (
            frozenset(one["offlineScopes"]),
            one["requiredAccess"],
        )
        for one in items
        if one["offlineScopes"]
    }


@cache
def _with_reading(scopes: frozenset[str]) -> frozenset[str]:
    """Who may write may read."""
    return scopes | set(_readable(scopes))


def _readable(scopes: frozenset[str]) -> Iterator[str]:
    return (f"read_{name[6:]}" for name in scopes if name.startswith("write_"))
