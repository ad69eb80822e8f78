"""What all workers share: following a log without losing an event, and coming back after faults."""

import asyncio
import random
import time
import traceback
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import structlog

from app import telemetry
from app.errors import DoorUnavailable
from app.eventlog.following import Follower, Place, Record

log = structlog.get_logger()

Done = TypeVar("Done")
Handle = Callable[[Record], Awaitable[None]]
Park = Callable[[Record, Exception, str], Awaitable[None]]

_LONGEST_PAUSE = 30.0
_ROUND = 50  # records of one partition, so that none waits long for another


def pause_after(failures: int) -> float:
    """Seconds to wait: doubling from a tenth, with jitter, at most half a minute."""
    return min(_LONGEST_PAUSE, 0.1 * 2.0 ** min(failures, 20)) * random.uniform(0.5, 1.0)


async def keep_running(name: str, work: Callable[[], Awaitable[None]], stop: asyncio.Event) -> None:
    """Runs `work` until `stop`, again after each fault, with growing pauses."""
    failures = 0
    while not stop.is_set():
        started = time.monotonic()
        try:
            await work()
            failures = 0
        except DoorUnavailable as error:
            log.warning("worker waits", worker=name, reason=str(error))
        except Exception:
            # The top of a worker: whatever it is, it is told and the worker comes back.
            log.exception("worker failed", worker=name)
        else:
            continue
        failures = failures + 1 if time.monotonic() - started < _LONGEST_PAUSE else 1
        telemetry.RETRIES.labels(name).inc()
        await sleep_unless(stop, pause_after(failures))


async def unless(stop: asyncio.Event, work: Coroutine[Any, Any, Done]) -> Done | None:
    """What `work` comes to; None where `stop` came first: then it is ended where it stands."""
    tasks = asyncio.create_task(work), asyncio.create_task(stop.wait())
    working, _ = tasks
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return await working if working.done() else None
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def sleep_unless(stop: asyncio.Event, seconds: float) -> None:
    """Sleeps, but not past `stop`."""
    try:
        await asyncio.wait_for(stop.wait(), timeout=seconds)
    except TimeoutError:
        return


class Consumption:
    """Hands a follower's records to a handler: in order per partition, partitions side by side.

    It goes by rounds of a few records of each partition; the next begins when the slowest has done
    its part. A partition whose record meets a temporary fault sits rounds out.
    """

    def __init__(self, name: str, follower: Follower, handle: Handle, park: Park) -> None:
        self._name = name
        self._follower = follower
        self._handle = handle
        self._park = park
        self._failures: dict[Place, int] = {}
        self._timers: dict[Place, asyncio.TimerHandle] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`; raises EventLogUnavailable when Kafka is away."""
        try:
            while not stop.is_set():
                await self._round(stop)
        finally:
            for timer in self._timers.values():
                timer.cancel()

    async def _round(self, stop: asyncio.Event) -> None:
        """When one partition's part fails, the others end before it is told."""
        found = await self._follower.fetch(_ROUND)
        try:
            async with asyncio.TaskGroup() as group:
                for place, records in found.items():
                    group.create_task(self._work_off(place, records, stop))
        except ExceptionGroup as faults:
            raise _told_of(faults) from faults

    async def _work_off(self, place: Place, records: list[Record], stop: asyncio.Event) -> None:
        done = records[0].offset
        for record in records:
            if stop.is_set():
                break
            try:
                await self._handle_or_park(record)
            except DoorUnavailable as error:
                self._put_off(place, record, error)
                break
            self._failures.pop(place, None)
            done = record.offset + 1
            telemetry.LAG.labels(self._name).set(max(0.0, time.time() - record.timestamp))
        if done > records[0].offset:
            await self._follower.commit(place, done)

    async def _handle_or_park(self, record: Record) -> None:
        """A temporary fault goes up; anything else is parked, and the shop goes on."""
        try:
            await self._handle(record)
        except Exception as error:
            if isinstance(error, DoorUnavailable) and not error.permanent:
                raise
            await self._park(record, error, traceback.format_exc())
            log.exception("event parked", worker=self._name, offset=record.offset)
            telemetry.PARKED.labels(self._name).inc()

    def _put_off(self, place: Place, record: Record, error: DoorUnavailable) -> None:
        """The partition waits and goes on from the same record; the others are not held up."""
        failures = self._failures[place] = self._failures.get(place, 0) + 1
        pause = pause_after(failures)
        telemetry.RETRIES.labels(self._name).inc()
        log.warning(
            "partition waits",
            worker=self._name,
            topic=place.topic,
            partition=place.partition,
            seconds=round(pause, 2),
            reason=str(error),
        )
        self._follower.pause(place, record.offset)
        self._resume_after(pause, place)

    def _resume_after(self, pause: float, place: Place) -> None:
        """An older timer still runs where the partition was away and came back unpaused."""
        if place in self._timers:
            self._timers[place].cancel()
        loop = asyncio.get_running_loop()
        self._timers[place] = loop.call_later(pause, self._follower.resume, place)


def _told_of(faults: ExceptionGroup) -> Exception:
    """What nobody expected goes before a door that is shut."""
    shut, unexpected = faults.split(DoorUnavailable)
    return (unexpected or shut or faults).exceptions[0]
