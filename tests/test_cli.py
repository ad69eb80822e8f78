"""A process that cannot start says why in one sentence, and ends with exit code 2."""

import asyncio
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.servers import Servers
from tests.data.databases import elsewhere
from tests.test_config import GOOD

ROOT = Path(__file__).parents[1]
SERVING = [["web"], ["stream"], ["worker", "all"]]
COMMANDS = [*SERVING, ["migrate"]]


@pytest.fixture
def taken() -> Iterator[str]:
    """A port that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield str(other.getsockname()[1])


async def _refusal(servers: Servers, command: list[str], **changed: str) -> str:
    """The one line on standard error of a command that cannot start."""
    environ = {
        **{name: value for name, value in os.environ.items() if name not in GOOD},
        **GOOD,
        "DATABASE_URL": servers.database_url,
        "REDIS_URL": servers.redis_url,
        "KAFKA_BOOTSTRAP_SERVERS": servers.kafka_bootstrap_servers,
        **changed,
    }
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "app.cli", *command),
        env=environ,
        cwd=ROOT,
        stdout=pipe,
        stderr=pipe,
    )
    try:
        async with asyncio.timeout(30):
            told, said = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert (process.returncode, told) == (2, b""), said.decode()
    [line] = said.decode().splitlines()
    assert "Traceback" not in line
    return line


@pytest.mark.parametrize("command", SERVING, ids=" ".join)
async def test_a_taken_port_is_told(
    servers: Servers, migrated: str, taken: str, command: list[str]
) -> None:
    said = await _refusal(servers, [*command, "--port", taken])
    assert said.startswith(f"Cannot listen on 127.0.0.1:{taken}: Address already in use")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
async def test_a_wrong_database_password_is_told(servers: Servers, command: list[str]) -> None:
    url = elsewhere(servers.database_url, login="earshot:wrong")
    said = await _refusal(servers, command, DATABASE_URL=url)
    assert said.startswith("Postgres refuses DATABASE_URL: password authentication failed")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
async def test_a_missing_database_is_told(servers: Servers, command: list[str]) -> None:
    url = elsewhere(servers.database_url, database="nowhere")
    said = await _refusal(servers, command, DATABASE_URL=url)
    assert said == 'Postgres refuses DATABASE_URL: database "nowhere" does not exist.'


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
async def test_a_postgres_that_is_away_is_told(servers: Servers, command: list[str]) -> None:
    said = await _refusal(servers, command, DATABASE_URL="postgresql://earshot@127.0.0.1:1/earshot")
    assert said.startswith("Postgres does not answer: ")


@pytest.mark.parametrize(
    ("name", "value"), [("APP_BASE_URL", "https://[x"), ("REDIS_URL", "redis://h:abc")]
)
async def test_an_address_that_is_none_is_told(servers: Servers, name: str, value: str) -> None:
    assert (await _refusal(servers, ["web"], **{name: value})).startswith(f"{name} ")
