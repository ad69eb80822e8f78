"""Alba has installed and granted access, and its work is done by hand, step by step."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.data import sync_jobs
from app.domain.jobs import JobState
from app.doors import Doors
from app.services import lifecycle, tokens
from app.services.sync import working
from app.services.sync.kinds import KINDS
from app.services.sync.steps import Kind
from app.shopify.id_tokens import Merchant
from sandbox.shopify.stand_in import StandIn
from tests.cast import ALBA, ANA, id_token

MOST_STEPS = 300


@dataclass
class Work:
    """`steps` counts those done so far."""

    doors: Doors
    steps: int = 0

    async def install(self, shop: str = ALBA) -> None:
        now = self.doors.clock()
        await lifecycle.install(self.doors.data, Merchant(shop, ANA, now), now)
        await tokens.ensure(self.doors, shop, id_token(shop))

    async def only(self, *kinds: str, shop: str = ALBA) -> None:
        """Makes just this due."""
        async with self.doors.data.tenant(shop) as connection:
            await connection.execute("DELETE FROM sync_jobs WHERE kind <> ALL($1)", list(kinds))
            await sync_jobs.enqueue(connection, shop, kinds, self.doors.clock())

    async def one(self, kinds: Mapping[str, Kind] = KINDS) -> bool:
        self.steps += 1
        return await working.work_one(self.doors, kinds)

    async def off(self) -> None:
        """All that is due now."""
        for _ in range(MOST_STEPS):
            if not await self.one():
                return
        raise AssertionError("the work does not come to an end")

    async def off_in_spite_of(self, pauses: float = 5.0) -> None:
        """All of it, when failures put it off: the clock is put forward again and again."""
        for _ in range(MOST_STEPS):
            if await self.one():
                continue
            if not any(job.problem for job in (await self.state()).values()):
                return
            self.later(seconds=pauses)
        raise AssertionError("the work does not come to an end")

    def later(self, **ahead: float) -> None:
        began = self.doors.clock() - datetime.now(UTC)
        by = began + timedelta(**ahead)
        self.doors = replace(self.doors, clock=lambda: datetime.now(UTC) + by)

    async def state(self, shop: str = ALBA) -> dict[str, JobState]:
        async with self.doors.data.tenant(shop) as connection:
            return await sync_jobs.of_shop(connection, shop)

    async def rows(self, query: str, *args: Any) -> list[Any]:
        async with self.doors.data.system() as connection:
            return list(await connection.fetch(query, *args))


@pytest.fixture
async def work(opened: Doors, stand_in: StandIn) -> AsyncIterator[Work]:
    stand_in.reset()
    work = Work(opened)
    await work.install()
    yield work
    stand_in.reset()
