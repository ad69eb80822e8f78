"""Follows the events and makes notifications of them."""

import asyncio

import structlog

from app.data import dead_letters
from app.data.dead_letters import DeadLetter
from app.domain import events
from app.doors import Doors
from app.eventlog.following import Follower, Record
from app.services import notifying, test_cards
from app.workers import runtime

log = structlog.get_logger()

NAME = "notify"


async def run(doors: Doors, stop: asyncio.Event, ready: asyncio.Event) -> None:
    await runtime.keep_running(NAME, lambda: _follow(doors, stop, ready), stop)


async def handle(record: Record, doors: Doors) -> None:
    event = events.decode(record.value)
    if isinstance(event, events.PreviewRequested):
        await test_cards.show(doors, event)
    else:
        await notifying.react_to(event, doors.data, doors.live, doors.clock())


async def park(record: Record, error: Exception, trace: str, doors: Doors) -> None:
    envelope = events.envelope(record.value)
    if envelope is None:
        # Nothing of ours wrote it, so no shop misses it; Kafka keeps it.
        log.error("not an event", offset=record.offset, trace=trace)
        return
    letter = DeadLetter(
        shop=envelope.shop,
        worker=NAME,
        about=str(envelope.id),
        message=record.value,
        reason=type(error).__name__,
        trace=trace,
        delivery_id=envelope.delivery.id,
        event_id=envelope.id,
    )
    async with doors.data.system() as connection:
        await dead_letters.park(connection, letter, doors.clock())


async def _follow(doors: Doors, stop: asyncio.Event, ready: asyncio.Event) -> None:
    settings = doors.settings
    follower = Follower(
        settings.kafka_bootstrap_servers,
        events.TOPICS,
        f"earshot-{NAME}",
        settings.kafka_topic_prefix,
    )
    await follower.open()
    ready.set()
    try:
        await runtime.Consumption(
            NAME,
            follower,
            handle=lambda record: handle(record, doors),
            park=lambda record, error, trace: park(record, error, trace, doors),
        ).run(stop)
    finally:
        await follower.close()
