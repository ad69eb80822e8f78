"""Follows the inbox and feeds Kafka; woken by intake's bell, looking by itself once a second."""

import asyncio

from app.data.doorbells import listening
from app.doors import Doors
from app.eventlog.producing import Producer
from app.services import relaying
from app.workers import runtime

NAME = "relay"
_LOOK_ANYWAY = 1.0
# How long a late transaction gets before the relay looks again: most take a moment, some minutes.
_SETTLING = 0.002
_LONGEST_SETTLING = 0.25


async def run(doors: Doors, stop: asyncio.Event, ready: asyncio.Event) -> None:
    producer = Producer(doors.settings.kafka_bootstrap_servers, doors.settings.kafka_topic_prefix)
    try:
        await runtime.keep_running(NAME, lambda: _follow(doors, producer, stop, ready), stop)
    finally:
        await producer.close()


async def _follow(
    doors: Doors, producer: Producer, stop: asyncio.Event, ready: asyncio.Event
) -> None:
    async with listening(doors.settings.database_url) as bell:
        ready.set()
        settling = _SETTLING
        while not stop.is_set():
            progress = await relaying.relay(doors.data, producer, doors.clock())
            if progress.passed or not progress.more:
                settling = _SETTLING
            if not progress.more:
                await bell.wait(_LOOK_ANYWAY)
            elif not progress.passed:
                await runtime.sleep_unless(stop, settling)
                settling = min(2 * settling, _LONGEST_SETTLING)
