import os
import signal
import sys
from asyncio import create_subprocess_exec
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from redis.asyncio import Redis

from sandbox.servers import Servers, running_servers
from sandbox.servers.redis import find_executable
from sandbox.supervision.problems import SandboxProblem
from tests.sandbox.survivors import answers

ELSEWHERE = {
    "DATABASE_URL": "postgresql://somebody@db.example/earshot",
    "REDIS_URL": "redis://redis.example:6379/0",
    "KAFKA_BOOTSTRAP_SERVERS": "kafka.example:9092",
}


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    with running_servers(tmp_path_factory.mktemp("servers"), {}) as servers:
        yield servers


async def test_database_belongs_to_an_ordinary_role(servers: Servers) -> None:
    connection = await asyncpg.connect(servers.database_url)
    role = await connection.fetchrow(
        "select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,"
        " (select datdba = pg_roles.oid from pg_database where datname = current_database())"
        " from pg_roles where rolname = current_user"
    )
    await connection.close()
    assert tuple(role) == ("earshot", False, False, True, True, True)


async def test_commit_waits_for_its_log_record(servers: Servers) -> None:
    connection = await asyncpg.connect(servers.database_url)
    assert await connection.fetchval("show synchronous_commit") == "on"
    await connection.close()


async def test_password_is_asked_for(servers: Servers) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(servers.database_url, password="another")


async def test_redis_keeps_what_it_is_given(servers: Servers) -> None:
    async with Redis.from_url(servers.redis_url) as redis:
        await redis.set("greeting", "hello")
        assert await redis.get("greeting") == b"hello"


async def test_broker_hands_over_what_was_sent(servers: Servers) -> None:
    where = servers.kafka_bootstrap_servers
    topic = f"greetings-{uuid4().hex}"
    async with AIOKafkaProducer(bootstrap_servers=where) as producer:
        await producer.send_and_wait(topic, b"hello", key=b"alba")
    async with AIOKafkaConsumer(
        topic, bootstrap_servers=where, auto_offset_reset="earliest"
    ) as consumer:
        message = await consumer.getone()
    assert (message.key, message.value) == (b"alba", b"hello")


def test_nothing_answers_after_the_end(tmp_path: Path) -> None:
    with running_servers(tmp_path, {}) as servers:
        assert answers(servers.database_url)
    assert not answers(servers.database_url)
    assert not answers(servers.redis_url)
    assert not answers(servers.kafka_bootstrap_servers)


def test_named_servers_are_used_and_not_started(tmp_path: Path) -> None:
    with running_servers(tmp_path, ELSEWHERE) as servers:
        assert servers == Servers(*ELSEWHERE.values())
        assert [path.name for path in tmp_path.iterdir()] == ["lock"]


@pytest.mark.parametrize("name", ELSEWHERE)
def test_one_variable_replaces_one_server(name: str, tmp_path: Path) -> None:
    others = {other: url for other, url in ELSEWHERE.items() if other != name}
    with running_servers(tmp_path, others) as servers:
        assert answers(getattr(servers, name.lower()))


KILLED_RUN = """
import asyncio, asyncpg, os, redis, signal, sys
from pathlib import Path
from sandbox.servers import running_servers

async def fill(servers):
    connection = await asyncpg.connect(servers.database_url)
    await connection.execute("create table kept (words text)")
    await connection.execute("insert into kept values ('still here')")
    redis.Redis.from_url(servers.redis_url).set("kept", "still here")
    os.kill(os.getpid(), signal.SIGKILL)

with running_servers(Path(sys.argv[1]), {"KAFKA_BOOTSTRAP_SERVERS": "unused:1"}) as servers:
    asyncio.run(fill(servers))
"""


async def test_folder_of_a_killed_run_still_has_its_data(tmp_path: Path) -> None:
    killed = await create_subprocess_exec(sys.executable, "-c", KILLED_RUN, str(tmp_path))
    assert await killed.wait() == -signal.SIGKILL
    with running_servers(tmp_path, {"KAFKA_BOOTSTRAP_SERVERS": "unused:1"}) as servers:
        connection = await asyncpg.connect(servers.database_url)
        assert await connection.fetchval("select words from kept") == "still here"
        await connection.close()
        async with Redis.from_url(servers.redis_url) as redis:
            assert await redis.get("kept") == b"still here"


def test_folder_is_used_by_one_sandbox_at_a_time(tmp_path: Path) -> None:
    with (
        running_servers(tmp_path, ELSEWHERE),
        pytest.raises(SandboxProblem, match=str(tmp_path)),
        running_servers(tmp_path, ELSEWHERE),
    ):
        pass


def test_missing_redis_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.servers.redis.find_spec", lambda name: None)
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(SandboxProblem, match="install redis-server, or set REDIS_URL"):
        find_executable()
