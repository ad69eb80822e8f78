"""What an operator types and reads; neither Redis nor Kafka need be there."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from tests.cast import ALBA, BOREALIS, order
from tests.services.reactions.shops import Talk
from tests.services.replaying import derived
from tests.test_config import GOOD

ROOT = Path(__file__).parents[3]
NOBODY = "127.0.0.1:1"


async def _told(database_url: str, *options: str) -> tuple[int, list[str], list[str]]:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "app.cli", "replay", *options),
        env={
            **os.environ,
            **GOOD,
            "DATABASE_URL": database_url,
            "REDIS_URL": f"redis://{NOBODY}",
            "KAFKA_BOOTSTRAP_SERVERS": NOBODY,
        },
        cwd=ROOT,
        stdout=pipe,
        stderr=pipe,
    )
    async with asyncio.timeout(30):
        out, error = await process.communicate()
    assert b"Traceback" not in error
    return process.returncode or 0, out.decode().splitlines(), error.decode().splitlines()


async def test_what_differs_is_mended_and_told(alba: Talk, migrated: str) -> None:
    await alba.chain.tell("orders/create", order(1))
    before = await derived.rows(alba.chain.doors)
    spoil = "DELETE FROM notifications; UPDATE activity SET counts = false, entity = 'order:1'"
    await derived.run(alba.chain.doors, spoil)
    options = ("--shop", ALBA, "--since", "2026-01-31")
    assert await _told(migrated, *options) == (
        0,
        [
            f"Read 3 deliveries of {ALBA}.",
            "Mended notifications: 1 were missing, 0 different, 0 needless.",
            "Mended activity: 1 were missing, 0 different, 1 needless.",
        ],
        [],
    )
    assert await derived.rows(alba.chain.doors) == before
    code, told, _ = await _told(migrated, *options)
    assert (code, told[1:]) == (0, ["Nothing has differed since 2026-01-31 00:00 UTC."])


@pytest.mark.parametrize("shop", [BOREALIS, "nobody", "alba'; DROP TABLE shops"])
async def test_unknown_shop_is_told(alba: Talk, migrated: str, shop: str) -> None:
    told = await _told(migrated, "--shop", shop, "--since", "2026-01-31")
    assert told == (1, [], [f"Earshot knows no shop {shop}."])


@pytest.mark.parametrize("since", ["yesterday", "2026-02-30", "0001-01-01T00:00+23:00", ""])
async def test_date_that_is_none_is_told(migrated: str, since: str) -> None:
    code, out, error = await _told(migrated, "--shop", ALBA, "--since", since)
    assert (code, out) == (2, [])
    assert error[-1].endswith("is no date like 2026-11-21 and no time like 2026-11-21T14:30.")


async def test_database_that_is_away_is_told() -> None:
    code, out, [line] = await _told(
        f"postgresql://{NOBODY}/x", "--shop", ALBA, "--since", "2026-01-31T12:00+02:00"
    )
    assert (code, out) == (2, [])
    assert line.startswith("Postgres does not answer: ")
