"""The inbox: deliveries in, many per statement, and out again in commit order."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from app.data.database import Connection, rows_of
from app.domain.deliveries import Delivery, Receipt, StoredDelivery

# Duplicates and drops are told from what was stored by the same statement, so deduplication costs
# no round trip. A shop that uninstalled is dropped at the door, but for the topics whose handling
# Shopify's terms require.
_STORE = """
WITH incoming AS (
    SELECT * FROM unnest(
        $1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::jsonb[], $7::bytea[],
        $8::text[], $9::boolean[]
    ) WITH ORDINALITY AS row (
        shop, webhook_id, topic, api_version, triggered_at, headers, body, state, always, n
    )
), wanted AS (
    SELECT incoming.* FROM incoming LEFT JOIN shops USING (shop)
    WHERE incoming.always OR shops.state IS DISTINCT FROM 'uninstalled'
), fresh AS (
    INSERT INTO webhook_ids (shop, webhook_id) SELECT shop, webhook_id FROM wanted
    ON CONFLICT DO NOTHING RETURNING shop, webhook_id
), stored AS (
    INSERT INTO deliveries
        (shop, webhook_id, topic, api_version, triggered_at, headers, body, state)
    SELECT shop, webhook_id, topic, api_version, triggered_at, headers, body, state
    FROM wanted JOIN fresh USING (shop, webhook_id) ORDER BY n
    RETURNING shop, webhook_id
)
SELECT CASE
    WHEN wanted.n IS NULL THEN 'dropped'
    WHEN stored.webhook_id IS NULL THEN 'duplicate'
    WHEN incoming.state = 'ignored' THEN 'ignored'
    ELSE 'stored'
END
FROM incoming LEFT JOIN wanted USING (n)
LEFT JOIN stored ON stored.shop = incoming.shop AND stored.webhook_id = incoming.webhook_id
ORDER BY incoming.n
"""

_COLUMNS = "id, shop, webhook_id, topic, api_version, triggered_at, received_at, body"

# Behind the oldest running transaction nothing can appear any more: no late commit is skipped.
# The text form has a name of its own, since ORDER BY would take it for the column and sort text.
_FOLLOW = f"""
SELECT {_COLUMNS}, state, xid::text AS commit_xid,
    coalesce((SELECT shops.state FROM shops WHERE shops.shop = deliveries.shop), 'unknown')
        AS shop_state
FROM deliveries
WHERE (xid, id) > ($1::text::xid8, $2::bigint) AND xid < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY xid, id LIMIT $3
"""

_UNSETTLED = "SELECT EXISTS (SELECT FROM deliveries WHERE (xid, id) > ($1::text::xid8, $2::bigint))"

_PLACE = """
SELECT state, (deliveries.xid, deliveries.id) <= (cursors.xid, cursors.id)
FROM deliveries JOIN cursors ON cursors.name = 'relay'
WHERE shop = $1 AND topic = $2 AND webhook_id = $3 AND received_at > now() - interval '1 hour'
"""

_HELD_OF_INSTALLED = f"""
SELECT {_COLUMNS} FROM deliveries
WHERE state = 'held' AND shop IN (SELECT shop FROM shops WHERE state = 'installed')
ORDER BY id LIMIT $1
"""


# One event in one body that came under two webhook ids came from two sources; a topic is doubled
# when most of its latest events did.
_DOUBLED = """
WITH latest AS (
    SELECT topic, found.* FROM unnest($2::text[]) AS topic, LATERAL (
        SELECT webhook_id, md5(body) AS body,
            coalesce(headers->>'x-shopify-event-id', headers->>'shopify-event-id') AS event
        FROM deliveries WHERE shop = $1 AND deliveries.topic = topic.topic AND received_at > $3
        ORDER BY received_at DESC LIMIT 50
    ) AS found
), told AS (
    SELECT topic, count(DISTINCT webhook_id) AS times FROM latest
    WHERE event IS NOT NULL GROUP BY topic, event, body
)
SELECT topic FROM told GROUP BY topic HAVING 2 * count(*) FILTER (WHERE times > 1) >= count(*)
ORDER BY topic
"""


class Arrival(msgspec.Struct, frozen=True):
    """A delivery at the door: the state it begins in, and whether it is kept after an uninstall."""

    delivery: Delivery
    state: str
    always: bool


class Followed(msgspec.Struct, frozen=True):
    """A delivery as the relay meets it, with its place in commit order."""

    delivery: StoredDelivery
    state: str
    shop_state: str
    xid: str


class Place(msgspec.Struct, frozen=True):
    """How far a delivery has come: whether the relay has passed it on."""

    state: str
    is_passed: bool


async def store(connection: Connection, arrivals: Sequence[Arrival]) -> list[Receipt]:
    """Stores a batch in one statement; the answer has one receipt per arrival, in order.

    The batch must not hold the same shop and webhook id twice.
    """
    rows = await connection.fetch(
        _STORE,
        [arrival.delivery.shop for arrival in arrivals],
        [arrival.delivery.webhook_id for arrival in arrivals],
        [arrival.delivery.topic for arrival in arrivals],
        [arrival.delivery.api_version for arrival in arrivals],
        [arrival.delivery.triggered_at for arrival in arrivals],
        [msgspec.json.encode(arrival.delivery.headers).decode() for arrival in arrivals],
        [arrival.delivery.body for arrival in arrivals],
        [arrival.state for arrival in arrivals],
        [arrival.always for arrival in arrivals],
    )
    return [Receipt(row[0]) for row in rows]


async def follow(connection: Connection, xid: str, row_id: int, limit: int) -> list[Followed]:
    """What was committed after a place in the inbox, oldest commit first."""
    rows = await connection.fetch(_FOLLOW, xid, row_id, limit)
    return [
        Followed(_stored(row), row["state"], row["shop_state"], row["commit_xid"]) for row in rows
    ]


async def has_unsettled(connection: Connection, xid: str, row_id: int) -> bool:
    """Whether committed deliveries wait behind a transaction that is still running."""
    return bool(await connection.fetchval(_UNSETTLED, xid, row_id))


async def place(connection: Connection, shop: str, topic: str, webhook_id: str) -> Place | None:
    """How far a delivery of the last hour has come; None where there is none."""
    row = await connection.fetchrow(_PLACE, shop, topic, webhook_id)
    return Place(*row) if row else None


async def find(
    connection: Connection, shop: str, delivery_id: int, received_at: datetime | None = None
) -> StoredDelivery | None:
    """`received_at` tells which partition has it; without it all are looked through."""
    which = f"SELECT {_COLUMNS} FROM deliveries WHERE shop = $1 AND id = $2"
    if received_at is None:
        row = await connection.fetchrow(which, shop, delivery_id)
    else:
        row = await connection.fetchrow(
            f"{which} AND received_at = $3", shop, delivery_id, received_at
        )
    return _stored(row) if row else None


async def next_due(connection: Connection) -> StoredDelivery | None:
    """What is to be settled next, and nobody else's until this transaction ends."""
    row = await connection.fetchrow(
        f"SELECT {_COLUMNS} FROM deliveries WHERE state = 'due'"
        " ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"
    )
    return _stored(row) if row else None


async def held_of_installed(connection: Connection, limit: int) -> list[StoredDelivery]:
    """What came for a shop before it opened the app, now that it has; and what it is to be passed
    once more."""
    return [_stored(row) for row in await connection.fetch(_HELD_OF_INSTALLED, limit)]


async def drop_held(connection: Connection, shop: str, until: datetime) -> None:
    """What came for a shop that never opened the app, before it left."""
    await connection.execute(
        "UPDATE deliveries SET state = 'ignored' WHERE shop = $1 AND state = 'held'"
        " AND coalesce(triggered_at, received_at) <= $2",
        shop,
        until,
    )


async def mark(connection: Connection, deliveries: Sequence[StoredDelivery], state: str) -> None:
    if deliveries:
        await connection.execute(
            "UPDATE deliveries SET state = $1 WHERE (id, received_at) IN"
            " (SELECT * FROM unnest($2::bigint[], $3::timestamptz[]))",
            state,
            [delivery.id for delivery in deliveries],
            [delivery.received_at for delivery in deliveries],
        )


async def ring(connection: Connection) -> None:
    """Wakes the relay. Its own commit, not intake's: NOTIFY takes a lock that all commits share."""
    await connection.execute("SET LOCAL synchronous_commit = off; NOTIFY deliveries")


async def newest_of(connection: Connection, shop: str, topics: Sequence[str]) -> list[datetime]:
    """When the newest delivery of each topic came in, of those that ever did."""
    moments = [
        await connection.fetchval(
            "SELECT max(received_at) FROM deliveries WHERE shop = $1 AND topic = $2", shop, topic
        )
        for topic in topics
    ]
    return [moment for moment in moments if moment is not None]


async def doubled(
    connection: Connection, shop: str, topics: Sequence[str], since: datetime
) -> list[str]:
    """The topics whose latest deliveries come from two sources."""
    return [row["topic"] for row in await connection.fetch(_DOUBLED, shop, list(topics), since)]


async def purge(connection: Connection, limit: int) -> int:
    """Forgets what no shop ever came for; rows removed."""
    done: str = await connection.execute(
        "DELETE FROM deliveries WHERE state = 'held' AND (id, received_at) IN"
        " (SELECT id, received_at FROM deliveries WHERE state = 'held'"
        " AND received_at < now() - interval '30 days' AND NOT EXISTS"
        " (SELECT FROM shops WHERE shops.shop = deliveries.shop AND shops.state = 'installed')"
        " LIMIT $1)",
        limit,
    )
    return rows_of(done)


async def purge_ids(connection: Connection, limit: int) -> int:
    """Forgets ids of webhooks too old to be repeated; rows removed."""
    done: str = await connection.execute(
        "DELETE FROM webhook_ids WHERE ctid = ANY(ARRAY(SELECT ctid FROM webhook_ids"
        " WHERE received_at < now() - interval '30 days' LIMIT $1))",
        limit,
    )
    return rows_of(done)


def _stored(row: object) -> StoredDelivery:
    return StoredDelivery(**{name: row[name] for name in StoredDelivery.__struct_fields__})  # type: ignore[index]
