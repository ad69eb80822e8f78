"""Rolls interactions up a few times a second."""

import asyncio

from app.doors import Doors
from app.services import tallying
from app.workers import runtime

NAME = "tally"
_PAUSE = 0.5


async def run(doors: Doors, stop: asyncio.Event, ready: asyncio.Event) -> None:
    async def follow() -> None:
        while not stop.is_set():
            if await tallying.tally(doors.data) is None:
                await runtime.sleep_unless(stop, _PAUSE)

    ready.set()
    await runtime.keep_running(NAME, follow, stop)
