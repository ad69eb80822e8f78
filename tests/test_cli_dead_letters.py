"""An operator looks at what could not be worked off, tries it again, or gives it up."""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli_dead_letters import _plain
from sandbox.servers import Servers
from tests.cast import ALBA, BOREALIS, encoded, order
from tests.hostile import NO_SHOPS
from tests.services.chain import Chain
from tests.services.test_dead_letters import letters, mend, unhandled, unreadable
from tests.test_config import GOOD

ROOT = Path(__file__).parents[1]
UNKNOWN = "There is no such dead letter, or not any more."


class Said(NamedTuple):
    status: int
    out: str
    err: str


class Operator:
    def __init__(self, servers: Servers) -> None:
        self._environ = {
            **{name: value for name, value in os.environ.items() if name not in GOOD},
            **GOOD,
            "DATABASE_URL": servers.database_url,
            "REDIS_URL": "redis://127.0.0.1:1",  # Redis and Kafka are not asked
            "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1",
        }

    async def says(self, *arguments: str, **changed: str) -> Said:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "app.cli", "dead-letters", *arguments),
            env=self._environ | changed,
            cwd=ROOT,
            stdout=pipe,
            stderr=pipe,
        )
        async with asyncio.timeout(60):
            out, err = await process.communicate()
        said = Said(int(process.returncode or 0), out.decode(), err.decode())
        assert "Traceback (most recent" not in said.err, said.err
        return said


@pytest.fixture
def operator(servers: Servers) -> Operator:
    return Operator(servers)


@pytest.fixture
async def alba(chain: Chain) -> Chain:
    await chain.install()
    return chain


async def test_all_are_listed_or_one_shops(operator: Operator, alba: Chain) -> None:
    assert await operator.says("list") == (0, "", "")
    await alba.install(BOREALIS)
    first = await unreadable(alba)
    second = await unreadable(alba, b"{}", shop=BOREALIS)
    newest, oldest = (await operator.says("list")).out.splitlines()
    assert newest.startswith(f"{second}  {BOREALIS}  relay  20")
    assert newest.endswith("  unexpected-shape")
    assert oldest.startswith(f"{first}  {ALBA}  relay  20")
    [line] = (await operator.says("list", "--shop", ALBA, "--json")).out.splitlines()
    told = json.loads(line)
    assert (told["id"], told["topic"]) == (str(first), "orders/create")
    assert "message" not in told


async def test_one_is_shown_whole_and_steers_no_terminal(operator: Operator, alba: Chain) -> None:
    letter = await unreadable(alba, b"\xffnot json\x1b[31m of Margaux")
    said = await operator.says("show", str(letter))
    assert said.status == 0
    assert f"shop     {ALBA}" in said.out
    assert "topic    orders/create" in said.out
    assert "reason   not-json: What came in cannot be read at all." in said.out
    assert said.out.endswith("message\n\\xffnot json\\x1b[31m of Margaux\n")


async def test_one_is_replayed_and_worked_off(operator: Operator, alba: Chain) -> None:
    letter = await unhandled(alba)
    said = await operator.says("replay", str(letter))
    assert said == (0, "1 replayed, 0 left.\n", "")
    await alba.notify(await alba.relay())
    assert len(await alba.heard()) == 1
    assert await operator.says("replay", str(letter)) == (1, "", UNKNOWN + "\n")


async def test_a_shops_are_replayed_and_what_cannot_be_stays(
    operator: Operator, alba: Chain
) -> None:
    await alba.install(BOREALIS)
    await unreadable(alba)
    await mend(alba, encoded(order()))
    still = await unreadable(alba)
    await unreadable(alba, shop=BOREALIS)
    said = await operator.says("replay", "--shop", ALBA)
    assert (said.status, said.out) == (1, "1 replayed, 1 left.\n")
    assert said.err == (
        f"{still} stays. It still cannot be processed. What came in cannot be read at all.\n"
    )
    assert len(await letters(alba)) == 2
    await mend(alba, encoded(order(2)))
    assert await operator.says("replay", "--all") == (0, "2 replayed, 0 left.\n", "")


async def test_one_is_dropped(operator: Operator, alba: Chain) -> None:
    letter = await unreadable(alba)
    assert await operator.says("drop", str(letter)) == (0, f"{letter} is dropped.\n", "")
    assert await letters(alba) == []
    assert await operator.says("drop", str(letter)) == (1, "", UNKNOWN + "\n")


@pytest.mark.parametrize("verb", ["show", "replay", "drop"])
async def test_one_that_is_not_there_is_told(operator: Operator, migrated: str, verb: str) -> None:
    assert await operator.says(verb, str(uuid4())) == (1, "", UNKNOWN + "\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["show", "x"], "'x' is not a valid UUID."),
        (["drop", "%00"], "'%00' is not a valid UUID."),
        (["replay"], "Say which: an ID, --shop SHOP or --all."),
        (["replay", "--all", "--shop", ALBA], "Say which: an ID, --shop SHOP or --all."),
        (["list", "--shop", NO_SHOPS[1]], f"{NO_SHOPS[1]!r} is not a shop's domain"),
    ],
)
async def test_what_cannot_be_meant_is_told(
    operator: Operator, arguments: list[str], sentence: str
) -> None:
    said = await operator.says(*arguments)
    assert (said.status, said.out) == (2, "")
    assert sentence in said.err


async def test_a_postgres_that_is_away_is_told(operator: Operator) -> None:
    said = await operator.says("list", DATABASE_URL="postgresql://earshot@127.0.0.1:1/earshot")
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("Postgres does not answer: ")
    assert len(said.err.splitlines()) == 1


@given(st.text())
def test_nothing_that_came_in_steers_the_terminal(text: str) -> None:
    printed = _plain(text).replace("\n", "").replace("\t", "")
    assert printed.isprintable()
    printed.encode()
