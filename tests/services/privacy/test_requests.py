"""Requests about privacy are watched until they are done."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
import structlog
from msgspec.structs import replace as replaced
from prometheus_client import REGISTRY

from app.data import compliance_requests
from app.domain import compliance
from app.services.privacy import requests
from tests.cast import ALBA, BOREALIS, encoded
from tests.services.chain import Chain
from tests.services.privacy.people import ask, demand
from tests.services.privacy.test_customers import of_alba, rows, work_off

REDACT = "customers/redact"
DAY = 86_400.0


def measured(name: str) -> float:
    found = REGISTRY.get_sample_value(name)
    assert found is not None
    return found


async def test_the_time_left_of_the_first_is_measured(chain: Chain) -> None:
    await requests.watch(chain.doors.data, chain.doors.clock())
    assert measured("earshot_compliance_requests_open") == 0
    await ask(chain, REDACT)
    await ask(chain, REDACT, BOREALIS)
    await requests.watch(chain.doors.data, chain.doors.clock() + timedelta(days=10))
    assert measured("earshot_compliance_requests_open") == 2
    assert measured("earshot_compliance_due_seconds") == pytest.approx(20 * DAY, abs=60)
    await work_off(chain)
    await requests.watch(chain.doors.data, chain.doors.clock())
    assert measured("earshot_compliance_requests_open") == 0
    assert measured("earshot_compliance_due_seconds") == 30 * DAY


@pytest.mark.parametrize(("days", "is_told"), [(22, False), (24, True), (31, True)])
async def test_a_deadline_that_is_near_is_told_to_the_operator(
    chain: Chain, days: int, is_told: bool
) -> None:
    await ask(chain, REDACT)
    with structlog.testing.capture_logs() as logs:
        await requests.watch(chain.doors.data, chain.doors.clock() + timedelta(days=days))
    assert [entry["log_level"] for entry in logs] == (["error"] if is_told else [])


async def test_the_merchant_is_shown_when_time_runs_out(chain: Chain) -> None:
    await ask(chain, REDACT)
    [request] = await of_alba(chain)
    assert request.due_at - request.received_at == timedelta(days=30)
    assert not request.is_near(request.due_at - timedelta(days=8))
    assert request.is_near(request.due_at - timedelta(days=7))
    await work_off(chain)
    [done] = await of_alba(chain)
    assert not done.is_near(request.due_at)


async def test_a_request_is_due_when_it_says(chain: Chain) -> None:
    await ask(chain, REDACT)
    [known] = await of_alba(chain)
    sooner = replaced(known, webhook_id="sooner", due_at=known.received_at + timedelta(days=10))
    async with chain.doors.data.tenant(ALBA) as connection:
        assert await compliance_requests.add(connection, sooner)
    first, _ = await of_alba(chain)
    assert (first.webhook_id, first.due_at) == ("sooner", sooner.due_at)


async def test_what_failed_is_tried_again_with_growing_pauses(chain: Chain) -> None:
    await ask(chain, REDACT, customer=None)
    now = chain.doors.clock()
    pauses = []
    for _ in range(4):
        doors = replace(chain.doors, clock=lambda at=now: at)  # type: ignore[misc]
        assert await requests.work_off_one(doors)
        [row] = await rows(chain, "SELECT next_at, attempts FROM compliance_requests")
        pauses.append((row["next_at"] - now).total_seconds() / 60)
        now = row["next_at"]
    assert pauses == [2, 4, 8, 16]
    assert compliance.pause_after(100) == timedelta(hours=6)


async def test_a_mistake_of_ours_puts_a_request_off_and_holds_up_no_other(chain: Chain) -> None:
    await ask(chain, REDACT)
    await ask(chain, REDACT)
    broken = replace(chain.doors, live=None)  # type: ignore[arg-type]
    with structlog.testing.capture_logs() as logs:
        assert await requests.work_off_one(broken)
    assert [entry["event"] for entry in logs if entry.get("exc_info")] == ["privacy request failed"]
    [failed] = [each for each in await of_alba(chain) if each.attempts]
    assert failed.problem == "Something went wrong on our side."
    assert await requests.work_off_one(chain.doors)
    assert len([each for each in await of_alba(chain) if each.done_at is not None]) == 1


async def test_a_request_whose_worker_is_stopped_is_handed_back(chain: Chain) -> None:
    await ask(chain, REDACT)
    async with chain.doors.data.system() as connection:
        await connection.execute("LOCK TABLE audit_log IN ACCESS EXCLUSIVE MODE")
        working = asyncio.create_task(requests.work_off_one(chain.doors))
        await asyncio.wait([working], timeout=0.5)
        working.cancel()
        await asyncio.wait([working])
    [request] = await of_alba(chain)
    assert (request.problem, request.done_at) == (None, None)
    assert await requests.work_off_one(chain.doors)
    [request] = await of_alba(chain)
    assert request.done_at is not None


async def test_two_workers_never_take_the_same_or_one_shops_twice(chain: Chain) -> None:
    for shop in (ALBA, ALBA, BOREALIS):
        await ask(chain, REDACT, shop)
    now = chain.doors.clock()
    taken = []
    for _ in range(3):
        async with chain.doors.data.system() as connection:
            taken.append(await compliance_requests.claim(connection, now, now + compliance.LEASE))
    assert [each.shop if each else None for each in taken] == [ALBA, BOREALIS, None]
    later = now + compliance.LEASE
    async with chain.doors.data.system() as connection:
        again = await compliance_requests.claim(connection, later, later + compliance.LEASE)
    assert again is not None
    assert again.shop == ALBA


async def test_a_request_is_on_record_once_however_often_it_comes(chain: Chain) -> None:
    for _ in range(3):
        await chain.receive(REDACT, encoded(demand(REDACT)), webhook_id="the same")
        await chain.relay()
    assert len(await of_alba(chain)) == 1
    assert len(await rows(chain, "SELECT 1 FROM audit_log")) == 1


async def test_a_request_in_another_shops_name_is_parked(chain: Chain) -> None:
    await ask(chain, REDACT, ALBA, shop_domain=BOREALIS)
    assert await of_alba(chain) == []
    [letter] = await rows(chain, "SELECT reason FROM dead_letters")
    assert letter["reason"] == "other-shop"
