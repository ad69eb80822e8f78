"""Metafields that the app keeps with its installation, where the theme finds them."""

import hashlib
from typing import Any

from sandbox.shopify.admin_api.calls import Call
from sandbox.shopify.admin_api.connections import connection
from sandbox.shopify.admin_api.fields.metafield_checks import problem
from sandbox.shopify.admin_api.gids import gid
from sandbox.shopify.state.installations import Metafield
from sandbox.shopify.state.moments import in_utc, now

Json = dict[str, Any]
MOST_AT_ONCE = 25


def one(info: Any, key: str, namespace: str = "") -> Json | None:
    call: Call = info.context
    found = call.installation.metafield(namespace, key)
    return None if found is None else _described(call, found)


def many(
    info: Any, namespace: str | None = None, keys: list[str] | None = None, **page: Any
) -> Json:
    call: Call = info.context
    found = [
        field
        for field in call.installation.metafields
        if namespace in (None, field.namespace)
        and (keys is None or f"{field.namespace}.{field.key}" in keys)
    ]
    return connection(
        found, lambda field: _described(call, field), {"ID": lambda field: field.id}, **page
    )


def write(info: Any, metafields: list[Json]) -> Json:
    """All or none; what is wrong with each is told in `userErrors`."""
    call: Call = info.context
    errors = [
        error
        for index, wish in enumerate(metafields)
        if (error := problem(wish, index, _owner(call), _digest_of(call, wish))) is not None
    ]
    if len(metafields) > MOST_AT_ONCE:
        sentence = f"Exceeded the maximum metafields input limit of {MOST_AT_ONCE}."
        too_many = {"field": ["metafields"], "message": sentence}
        errors = [{**too_many, "code": "LESS_THAN_OR_EQUAL_TO", "elementIndex": None}]
    if errors:
        return {"metafields": None, "userErrors": errors}
    written = [_described(call, _written(call, wish)) for wish in metafields]
    return {"metafields": written, "userErrors": []}


def delete(info: Any, metafields: list[Json]) -> Json:
    """A metafield that is not there is answered null, as in Shopify."""
    call: Call = info.context
    deleted: list[Json | None] = []
    for wish in metafields:
        found = call.installation.metafield(wish["namespace"], wish["key"])
        if found is not None and wish["ownerId"] == _owner(call):
            call.installation.metafields.remove(found)
            deleted.append(wish)
        else:
            deleted.append(None)
    return {"deletedMetafields": deleted, "userErrors": []}


ANSWERS = {"metafieldsSet": write, "metafieldsDelete": delete}


def _owner(call: Call) -> str:
    return gid("AppInstallation", call.installation.id)


def _written(call: Call, wish: Json) -> Metafield:
    namespace, key = wish.get("namespace", ""), wish["key"]
    field = call.installation.metafield(namespace, key)
    if field is None:
        number = call.stand_in.world.ids.next()
        field = Metafield(number, namespace, key, wish["type"], wish["value"], now(), now())
        call.installation.metafields.append(field)
    field.type, field.value, field.updated_at = wish["type"], wish["value"], now()
    return field


def _digest_of(call: Call, wish: Json) -> str | None:
    found = call.installation.metafield(wish.get("namespace", ""), wish["key"])
    return _digest(found) if found else None


def _digest(field: Metafield) -> str:
    return hashlib.sha256(f"{field.type}\n{field.value}".encode()).hexdigest()


def _described(call: Call, field: Metafield) -> Json:
    return {
        "__typename": "Metafield",
        "id": gid("Metafield", field.id),
        "legacyResourceId": str(field.id),
        "namespace": field.namespace,
        "key": field.key,
        "type": field.type,
        "value": field.value,
        "sizeInBytes": len(field.value.encode()),
        "ownerType": "API_PERMISSION",
        "compareDigest": _digest(field),
        "createdAt": in_utc(field.created_at),
        "updatedAt": in_utc(field.updated_at),
    }
