"""Passes deliveries on to Kafka, as events, in commit order."""

from datetime import datetime

import msgspec
import structlog

from app import telemetry
from app.data import cursors, deliveries
from app.data.database import Connection, Database
from app.data.deliveries import Followed
from app.domain import events
from app.domain.deliveries import StoredDelivery
from app.errors import PayloadUnreadable
from app.eventlog.producing import Entry, Producer
from app.services import lifecycle, parking
from app.shopify import topics

log = structlog.get_logger()

CURSOR = "relay"
_BATCH = 100  # of at most 2 MB each
_LARGEST = 1_000_000  # bytes of an event: what Kafka takes by default, less key and frame


class Progress(msgspec.Struct, frozen=True):
    """How many deliveries were passed, and whether more are there or about to be."""

    passed: int
    more: bool


async def relay(database: Database, producer: Producer, now: datetime) -> Progress:
    """One round. The cursor moves in the same transaction that holds it, after Kafka has all.

    A crash in between hands the same events over once more, with the same ids.
    """
    async with database.system() as connection:
        place = await cursors.claim(connection, CURSOR)
        if place is None:
            return Progress(0, more=False)  # another relay is at work
        followed = await deliveries.follow(connection, *place, _BATCH)
        # Read after the new ones: when a shop installs in between, its held ones still go first.
        held = await deliveries.held_of_installed(connection, _BATCH)
        if len(held) == _BATCH:
            followed = []
        await _pass_held(connection, producer, held, now)
        await _pass_new(connection, producer, followed, now)
        if followed:
            place = (followed[-1].xid, followed[-1].delivery.id)
            await cursors.advance(connection, CURSOR, *place)
        more = bool(held or followed) or await deliveries.has_unsettled(connection, *place)
        return Progress(len(held) + len(followed), more)


async def _pass_held(
    connection: Connection, producer: Producer, held: list[StoredDelivery], now: datetime
) -> None:
    await deliveries.mark(connection, held, "accepted")
    await _pass(connection, producer, held, now)


async def _pass_new(
    connection: Connection, producer: Producer, followed: list[Followed], now: datetime
) -> None:
    """Sorts out what is not for Kafka: nobody listens, nobody has installed, or nobody has yet."""
    heard = [each for each in followed if each.state == "accepted"]
    gone = [each for each in heard if each.shop_state == "uninstalled" and not _is_kept(each)]
    early = [each for each in heard if each.shop_state == "unknown" and not _is_kept(each)]
    apart = {each.delivery.id for each in (*gone, *early)}
    await deliveries.mark(connection, [each.delivery for each in gone], "ignored")
    await deliveries.mark(connection, [each.delivery for each in early], "held")
    telemetry.RELAYED.labels("shop-uninstalled").inc(len(gone))
    telemetry.RELAYED.labels("held").inc(len(early))
    await _pass(
        connection,
        producer,
        [each.delivery for each in heard if each.delivery.id not in apart],
        now,
    )


def _is_kept(followed: Followed) -> bool:
    return followed.delivery.topic in topics.COMPLIANCE


async def _pass(
    connection: Connection, producer: Producer, passed: list[StoredDelivery], now: datetime
) -> None:
    entries: list[Entry] = []
    for delivery in passed:
        try:
            entry = await _work_off(connection, delivery, now)
        except PayloadUnreadable as error:
            await parking.park(connection, delivery, parking.reason_of(error), str(error), now)
        else:
            entries += [entry] if entry else []
    if entries:
        await producer.append(entries)
        telemetry.RELAYED.labels("sent").inc(len(entries))


async def _work_off(
    connection: Connection, delivery: StoredDelivery, now: datetime
) -> Entry | None:
    """What goes to Kafka of a delivery, or None where it is done with here."""
    if delivery.topic in topics.SETTLED:
        # From a release that held these too, or had the relay settle them.
        await lifecycle.react_to(connection, delivery, now)
        return None
    return entry_of(delivery)


def entry_of(delivery: StoredDelivery) -> Entry:
    """Raises PayloadUnreadable, with the reason in words."""
    event = topics.event_of(delivery)
    value = events.encode(event)
    if len(value) > _LARGEST:
        raise PayloadUnreadable(f"too-large: the event has {len(value)} bytes")
    return Entry(event.topic, event.shop, value)
