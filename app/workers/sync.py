"""Works off what is due: the catalogue, facts about shops, webhooks, access, privacy.

Some of it side by side, so that a shop which Shopify is slow to answer for holds up no other, in as
many processes as there is need.
"""

import asyncio
import random
from collections.abc import Callable, Coroutine
from typing import Any

from app.doors import Doors
from app.services.privacy import requests
from app.services.sync import healing, working
from app.services.sync.kinds import KINDS
from app.workers import runtime

NAME = "sync"
_SIDE_BY_SIDE = 4
_PAUSE = 1.0
_HEALING = 3600.0

# Each does one piece of what is due and says whether there was any.
SOURCES: list[Callable[[Doors], Coroutine[Any, Any, bool]]] = [
    requests.work_off_one,
    lambda doors: working.work_one(doors, KINDS),
]


async def run(doors: Doors, stop: asyncio.Event, ready: asyncio.Event) -> None:
    async def heal() -> None:
        await healing.heal(doors)
        ready.set()
        await runtime.sleep_unless(stop, _HEALING)

    async def work() -> None:
        while not stop.is_set():
            # A step may take minutes, and whoever stops us does not wait: it is handed back.
            found = [await runtime.unless(stop, source(doors)) for source in SOURCES]
            if not any(found):
                await runtime.sleep_unless(stop, _PAUSE * random.uniform(0.5, 1.0))

    async with asyncio.TaskGroup() as group:
        group.create_task(runtime.keep_running(NAME, heal, stop))
        for _ in range(_SIDE_BY_SIDE):
            group.create_task(runtime.keep_running(NAME, work, stop))
