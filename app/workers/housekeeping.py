"""Makes partitions and forgets what is too old, at the start and then every hour."""

import asyncio

from app.doors import Doors
from app.services import upkeep
from app.services.privacy import requests
from app.workers import runtime

NAME = "housekeeping"
_PAUSE = 3600.0


async def run(doors: Doors, stop: asyncio.Event, ready: asyncio.Event) -> None:
    async def keep_house() -> None:
        await upkeep.tidy(doors.data)
        await requests.watch(doors.data, doors.clock())
        await runtime.sleep_unless(stop, _PAUSE)

    ready.set()
    await runtime.keep_running(NAME, keep_house, stop)
