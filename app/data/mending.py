"""Puts a shop's derived tables right by what was made anew of them, where the two differ.

In one transaction with `journal.have_turn`, so that nobody changes them meanwhile. What a row rests
on and the replay does not know of was written before there was a journal: such rows stay.
"""

from datetime import datetime
from uuid import UUID

import msgspec

from app.data.database import Connection, rows_of
from app.domain.deliveries import StoredDelivery
from app.domain.events import AnyEvent, decode, reference_to
from app.errors import NOT_JSON


class Mended(msgspec.Struct, frozen=True):
    """How many rows were missing, differed, or should not have been there."""

    missing: int = 0
    different: int = 0
    needless: int = 0

    @property
    def rows(self) -> int:
        return self.missing + self.different + self.needless


# Where a buyer came from is known by what the shop's settings allowed at a moment, and forgotten
# with the buyer: of an event that is there it stays as it is.
_EVENTS = (
    "type, version, entity, entity_updated_at, occurred_at, received_at, delivery_id, webhook_id,"
    " topic, data, verdict, decisions"
)
_NOTIFICATIONS = (
    "rule, kind, subject, source, product, revision, state, reason, facts, proof, occurred_at,"
    " created_at, updated_at"
)
_ACTIVITY = "event, counts, occurred_at, country, channel, is_first"
_CUSTOMERS = "orders, tags, deleted_at"

_EVENT_IS_UNKNOWN = """
NOT EXISTS (SELECT FROM pg_temp.events WHERE events.shop = $1 AND events.id = {event})
"""
# Of a shop that is older than its journal, what began before it has a past that nobody knows.
_IS_KNOWN = f"""
NOT EXISTS (
    SELECT FROM unnest(kept.proof) AS proving WHERE {_EVENT_IS_UNKNOWN.format(event="proving")}
) AND kept.created_at >= (
    SELECT CASE WHEN EXISTS (
        SELECT FROM public.events AS stored
        WHERE stored.shop = $1 AND {_EVENT_IS_UNKNOWN.format(event="stored.id")}
    ) THEN (SELECT min(at) FROM journal WHERE shop = $1) ELSE '-infinity' END
)
"""
# What is kept of a cart or a customer adds up over its events, so that an unknown one leaves a gap.
_ENTITY_IS_KNOWN = f"""
NOT EXISTS (
    SELECT FROM public.events AS stored
    WHERE stored.shop = $1 AND entity = {{entity}}
    AND {_EVENT_IS_UNKNOWN.format(event="stored.id")}
)
"""
_IS_OF_LATE = """
EXISTS (
    SELECT FROM pg_temp.events WHERE events.shop = $1 AND events.id = {event}
    AND events.received_at >= $2
)
"""
_CUSTOMER = "'customer:' || {row}.id"
_ENTITY_IS_OF_LATE = """
EXISTS (
    SELECT FROM pg_temp.events WHERE events.shop = $1 AND entity = {entity}
    AND received_at >= $2
)
"""


async def events(connection: Connection, shop: str, since: datetime, *, with_towns: bool) -> Mended:
    """Those of deliveries that were received since."""
    origin = "town, region, customer" if with_towns else "NULL, NULL, NULL::uuid"
    return await _upsert(
        connection,
        f"INSERT INTO public.events AS kept (shop, id, {_EVENTS}, town, region, customer)"
        f" SELECT shop, id, {_EVENTS}, {origin} FROM pg_temp.events"
        " WHERE shop = $1 AND received_at >= $2"
        f" ON CONFLICT (shop, id) DO UPDATE SET {_set(_EVENTS)} WHERE {_differs(_EVENTS)}",
        shop,
        since,
    )


async def notifications(connection: Connection, shop: str, since: datetime) -> Mended:
    """Those that changed since."""
    needless = await connection.execute(
        "DELETE FROM public.notifications AS kept WHERE shop = $1 AND updated_at >= $2"
        f" AND {_IS_KNOWN} AND NOT EXISTS (SELECT FROM pg_temp.notifications AS made"
        " WHERE made.shop = kept.shop AND made.id = kept.id)",
        shop,
        since,
    )
    mended = await _upsert(
        connection,
        f"INSERT INTO public.notifications AS kept (shop, id, {_NOTIFICATIONS})"
        f" SELECT shop, id, {_NOTIFICATIONS} FROM pg_temp.notifications AS made"
        " WHERE shop = $1 AND (updated_at >= $2 OR EXISTS (SELECT FROM public.notifications AS old"
        " WHERE old.shop = $1 AND old.id = made.id AND old.updated_at >= $2))"
        f" ON CONFLICT (shop, id) DO UPDATE SET {_set(_NOTIFICATIONS)}"
        f" WHERE {_differs(_NOTIFICATIONS)} AND {_IS_KNOWN}",
        shop,
        since,
    )
    return msgspec.structs.replace(mended, needless=rows_of(needless))


async def activity(connection: Connection, shop: str, since: datetime) -> Mended:
    """What events of deliveries since then say of products."""
    needless = await connection.execute(
        "DELETE FROM public.activity AS kept WHERE shop = $1"
        f" AND {_IS_OF_LATE.format(event='kept.event')}"
        f" AND {_ENTITY_IS_KNOWN.format(entity='kept.entity')}"
        " AND NOT EXISTS (SELECT FROM pg_temp.activity AS made WHERE made.shop = kept.shop"
        " AND made.kind = kept.kind AND made.product = kept.product AND made.entity = kept.entity)",
        shop,
        since,
    )
    mended = await _upsert(
        connection,
        f"INSERT INTO public.activity AS kept (shop, kind, product, entity, {_ACTIVITY})"
        f" SELECT shop, kind, product, entity, {_ACTIVITY} FROM pg_temp.activity AS made"
        f" WHERE shop = $1 AND {_IS_OF_LATE.format(event='made.event')}"
        f" AND {_ENTITY_IS_KNOWN.format(entity='made.entity')}"
        " ON CONFLICT (shop, kind, product, entity)"
        f" DO UPDATE SET {_set(_ACTIVITY)} WHERE {_differs(_ACTIVITY)}",
        shop,
        since,
    )
    return msgspec.structs.replace(mended, needless=rows_of(needless))


async def customers(connection: Connection, shop: str, since: datetime) -> Mended:
    """Those of whom a delivery since then says something."""
    needless = await connection.execute(
        "DELETE FROM public.customers AS kept WHERE shop = $1"
        f" AND {_ENTITY_IS_OF_LATE.format(entity=_CUSTOMER.format(row='kept'))}"
        f" AND {_ENTITY_IS_KNOWN.format(entity=_CUSTOMER.format(row='kept'))}"
        " AND NOT EXISTS (SELECT FROM pg_temp.customers AS made"
        " WHERE made.shop = kept.shop AND made.id = kept.id)",
        shop,
        since,
    )
    mended = await _upsert(
        connection,
        f"INSERT INTO public.customers AS kept (shop, id, {_CUSTOMERS})"
        f" SELECT shop, id, {_CUSTOMERS} FROM pg_temp.customers AS made"
        f" WHERE shop = $1 AND {_ENTITY_IS_OF_LATE.format(entity=_CUSTOMER.format(row='made'))}"
        f" AND {_ENTITY_IS_KNOWN.format(entity=_CUSTOMER.format(row='made'))}"
        f" ON CONFLICT (shop, id) DO UPDATE SET {_set(_CUSTOMERS)} WHERE {_differs(_CUSTOMERS)}",
        shop,
        since,
    )
    return msgspec.structs.replace(mended, needless=rows_of(needless))


async def kept_event(
    connection: Connection, event_id: UUID, delivery: StoredDelivery
) -> AnyEvent | None:
    """As it is stored, where its delivery does not say any more what it was made of."""
    row = await connection.fetchrow(
        "SELECT type, version, occurred_at, data FROM public.events WHERE shop = $1 AND id = $2",
        delivery.shop,
        event_id,
    )
    if row is None:
        return None
    fields = {
        **dict(row),
        "id": event_id,
        "shop": delivery.shop,
        "received_at": delivery.received_at,
        "delivery": reference_to(delivery),
        "data": msgspec.Raw(row["data"].encode()),
    }
    try:
        return decode(msgspec.json.encode(fields))
    except NOT_JSON:
        return None


async def _upsert(connection: Connection, statement: str, *values: object) -> Mended:
    # A row that this very statement made has not been locked or changed by anybody: its xmax is 0.
    rows = await connection.fetch(f"{statement} RETURNING kept.xmax = 0 AS is_new", *values)
    missing = sum(row["is_new"] for row in rows)
    return Mended(missing, len(rows) - missing)


def _set(columns: str) -> str:
    return ", ".join(f"{name} = excluded.{name}" for name in columns.split(", "))


def _differs(columns: str) -> str:
    names = columns.split(", ")
    return (
        f"({', '.join(f'kept.{name}' for name in names)}) IS DISTINCT FROM"
        f" ({', '.join(f'excluded.{name}' for name in names)})"
    )
