"""Follows the inbox and feeds Kafka; woken by intake's bell, looking by itself once a second."""

import asyncio
import contextlib

from app.data.doorbells import listening
from app.doors import Doors
from app.eventlog.producing import Producer
from app.services import parting, relaying, settling
from app.workers import runtime

NAME = "relay"
_LOOK_ANYWAY = 1.0
# How long a late transaction gets before the relay looks again: most take a moment, some minutes.
_SETTLING = 0.002
_LONGEST_SETTLING = 0.25


async def run(doors: Doors, stop: asyncio.Event, ready: asyncio.Event) -> None:
    """Side by side: what concerns installations does not wait for a Kafka that is away, nor for a
    Redis that is."""
    producer = Producer(doors.settings.kafka_bootstrap_servers, doors.settings.kafka_topic_prefix)
    settled = asyncio.Event()
    tasks = (
        lambda: _follow(doors, producer, stop, ready),
        lambda: _settle(doors, stop, settled),
        lambda: _part(doors, stop, settled),
    )
    try:
        async with asyncio.TaskGroup() as group:
            for task in tasks:
                group.create_task(runtime.keep_running(NAME, task, stop))
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


async def _settle(doors: Doors, stop: asyncio.Event, settled: asyncio.Event) -> None:
    async with listening(doors.settings.database_url) as bell:
        while not stop.is_set():
            if await settling.settle(doors.data, doors.clock()):
                settled.set()
            await bell.wait(_LOOK_ANYWAY)


async def _part(doors: Doors, stop: asyncio.Event, settled: asyncio.Event) -> None:
    """Looks anyway too: what was settled may have been so in another process, or before a crash."""
    while not stop.is_set():
        settled.clear()
        await parting.part(doors.data, doors.live, doors.clock())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(settled.wait(), _LOOK_ANYWAY)
