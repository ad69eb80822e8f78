"""Taking back by hand: once, whoever repeats it and whatever is away."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import msgspec
import pytest

from app.data import notifications, sync_jobs
from app.domain import frames, jobs
from app.domain.callers import Caller
from app.doors import Doors
from app.errors import NotificationUnknown
from app.live.connections import command_client, listening_pool
from app.live.door import Live
from app.services import retracting
from app.services.sync import retractions, working
from tests.cast import ALBA, ANA, BOREALIS, order
from tests.services.chain import Chain

ANA_OF_ALBA = Caller(ALBA, ANA)
KIND = {jobs.RETRACTIONS: retractions.step}


@pytest.fixture
async def told(chain: Chain) -> UUID:
    await chain.install()
    await chain.tell("orders/create", order())
    async with chain.doors.data.tenant(ALBA):
        [notification] = await notifications.latest(ALBA, 1)
    return notification.id


@pytest.fixture
async def without_redis(chain: Chain) -> AsyncIterator[Doors]:
    """The same Earshot, its Redis being away."""
    nobody = Live(command_client("redis://127.0.0.1:1"), listening_pool("redis://127.0.0.1:1"))
    yield replace(chain.doors, live=nobody)
    await nobody.close()


async def retracted(chain: Chain) -> list[UUID]:
    """What open pages were told to take away."""
    return [
        msgspec.json.decode(message.data, type=frames.Retraction).id
        for message in await chain.heard()
        if message.event == "retraction"
    ]


async def test_open_pages_are_told_once(chain: Chain, told: UUID) -> None:
    for _ in range(2):
        found = await retracting.retract(chain.doors, ANA_OF_ALBA, told)
        assert found.is_announced
        assert (found.notification.state, found.notification.reason) == ("retracted", "by-hand")
    while await working.work_one(chain.doors, KIND):
        pass
    assert await retracted(chain) == [told]


async def test_without_redis_it_is_taken_back_and_told_later(
    chain: Chain, told: UUID, without_redis: Doors
) -> None:
    found = await retracting.retract(without_redis, ANA_OF_ALBA, told)
    assert not found.is_announced
    assert await working.work_one(without_redis, KIND)
    async with chain.doors.data.tenant(ALBA) as connection:
        assert await notifications.latest(ALBA, 1, published_only=True) == []
        job = (await sync_jobs.of_shop(connection, ALBA))[jobs.RETRACTIONS]
    assert job.problem
    assert await retracted(chain) == []
    later = chain.doors.clock() + timedelta(minutes=1)
    assert await working.work_one(replace(chain.doors, clock=lambda: later), KIND)
    assert await retracted(chain) == [told]


async def test_process_that_dies_before_it_told_leaves_that_to_others(
    chain: Chain, told: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def die(*_: object) -> None:
        raise asyncio.CancelledError

    with monkeypatch.context() as dying:
        dying.setattr("app.services.notifying.announce", die)
        with pytest.raises(asyncio.CancelledError):
            await retracting.retract(chain.doors, ANA_OF_ALBA, told)
    assert await retracted(chain) == []
    assert await working.work_one(chain.doors, KIND)
    assert await retracted(chain) == [told]


async def test_another_shops_notification_is_none(chain: Chain, told: UUID) -> None:
    await chain.install(BOREALIS)
    with pytest.raises(NotificationUnknown):
        await retracting.retract(chain.doors, Caller(BOREALIS, ANA), told)
    assert await retracted(chain) == []
    assert not await working.work_one(chain.doors, KIND)
