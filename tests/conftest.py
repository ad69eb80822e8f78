"""Real servers for the whole run, empty before each test that uses them."""

import base64
import os
import secrets
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import hypothesis
import pytest
import redis.asyncio
from aiokafka import AIOKafkaConsumer
from playwright.async_api import Browser, async_playwright, expect

from app import config, doors
from app.config import Settings
from app.data.migrations import migrate
from app.domain import events
from app.doors import Doors
from app.eventlog.following import Follower
from app.eventlog.producing import Producer
from app.services.intake import Intake
from sandbox.browser import launch_options
from sandbox.servers import Servers, running_servers
from sandbox.shopify.options import Options
from sandbox.shopify.servers import bind, build
from sandbox.shopify.stand_in import StandIn
from tests.cast import ALBA, API_KEY, API_SECRET, BOREALIS
from tests.sandbox.receiving import serving
from tests.services.chain import Chain

# What is waited for comes at once on an idle machine; tests also run on machines that are not. How
# quick something is, benchmarks measure.
expect.set_options(timeout=15_000)
hypothesis.settings.register_profile(
    "earshot", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("earshot")
# Shops last: what belongs to them goes before, or with them.
_EMPTY_TENANT_TABLES = """
SELECT string_agg(format('DELETE FROM %I', relname), '; ' ORDER BY relname = 'shops') FROM pg_class
JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'shop'
WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace
"""


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """Postgres, Redis and a Kafka broker: those the environment names, or embedded ones."""
    with (
        tempfile.TemporaryDirectory(prefix="earshot-tests-") as folder,
        running_servers(Path(folder), os.environ) as running,
    ):
        yield running


@pytest.fixture(scope="session")
def redis_url(servers: Servers) -> str:
    return servers.redis_url


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with (
        async_playwright() as playwright,
        await playwright.chromium.launch(**launch_options()) as browser,
    ):
        yield browser


@pytest.fixture(scope="session")
async def migrated(servers: Servers) -> str:
    await migrate(servers.database_url)
    return servers.database_url


@pytest.fixture(scope="session")
async def stand_in() -> AsyncIterator[StandIn]:
    """Shopify's token endpoint and Admin API, on loopback."""
    options, sockets = bind(
        Options(
            host="127.0.0.1",
            port=0,
            storefronts={ALBA: 0, BOREALIS: 0},
            app_url="http://127.0.0.1:9",  # nobody: these tests send their webhooks themselves
            stream_url="http://127.0.0.1:9",
            api_key=API_KEY,
            api_secret=API_SECRET,
        )
    )
    stand_in, server = build(options)
    async with serving(server, sockets):
        yield stand_in


@pytest.fixture(scope="session")
def settings(servers: Servers, stand_in: StandIn) -> Settings:
    """Settings of an app with topics of its own, on whatever broker it may be."""
    origin = stand_in.options.admin_origin
    return config.read(
        {
            "DATABASE_URL": servers.database_url,
            "REDIS_URL": servers.redis_url,
            "KAFKA_BOOTSTRAP_SERVERS": servers.kafka_bootstrap_servers,
            "KAFKA_TOPIC_PREFIX": f"test-{secrets.token_hex(4)}-",
            "SHOPIFY_API_KEY": API_KEY,
            "SHOPIFY_API_SECRET": API_SECRET,
            "SHOPIFY_SCOPES": "read_products,read_orders",
            "SHOPIFY_SHOP_URL": origin + "/shops/{shop}",
            "APP_BASE_URL": "https://earshot.example",
            "STREAM_BASE_URL": "https://stream.earshot.example",
            "ENCRYPTION_KEYS": "k1:" + base64.b64encode(bytes(32)).decode(),
        }
    )


@pytest.fixture
async def empty(migrated: str, redis_url: str) -> None:
    """Every tenant table and Redis without a row."""
    connection = await asyncpg.connect(migrated)
    try:
        # For tables of a few rows, twenty times as fast as TRUNCATE.
        await connection.execute("SET ROLE earshot_system")
        await connection.execute(await connection.fetchval(_EMPTY_TENANT_TABLES))
    finally:
        await connection.close()
    client = redis.asyncio.from_url(redis_url)
    await client.flushdb()
    await client.aclose()


@pytest.fixture
async def opened(empty: None, settings: Settings) -> AsyncIterator[Doors]:
    """The doors of an app with no shop in it."""
    async with doors.opened(settings) as opened_doors:
        yield opened_doors


@pytest.fixture(scope="session")
async def follower(settings: Settings) -> AsyncIterator[Follower]:
    """One member of the group for all tests: joining takes seconds."""
    follower = Follower(
        settings.kafka_bootstrap_servers,
        events.TOPICS,
        "earshot-notify",
        settings.kafka_topic_prefix,
    )
    await follower.open()
    yield follower
    await follower.close()


@pytest.fixture(scope="session")
async def producer(settings: Settings) -> AsyncIterator[Producer]:
    """One for all tests; it is made anew when it failed."""
    producer = Producer(settings.kafka_bootstrap_servers, settings.kafka_topic_prefix)
    yield producer
    await producer.close()


@pytest.fixture(scope="session")
async def bystander(settings: Settings) -> AsyncIterator[AIOKafkaConsumer]:
    """On a connection of its own: one that fetches is answered nothing else meanwhile."""
    bystander = AIOKafkaConsumer(bootstrap_servers=settings.kafka_bootstrap_servers)
    await bystander.start()
    yield bystander
    await bystander.stop()


@pytest.fixture
async def chain(
    opened: Doors, producer: Producer, follower: Follower, bystander: AIOKafkaConsumer
) -> AsyncIterator[Chain]:
    """The chain of an Earshot that no shop has opened yet."""
    intake = Intake(opened.data)
    await _read_to_the_end(follower, bystander)
    yield Chain(opened, intake, producer, follower)
    await intake.close()


async def _read_to_the_end(follower: Follower, bystander: AIOKafkaConsumer) -> None:
    """What an earlier test left; a fetch that finds nothing would take a quarter of a second."""
    consumer = follower._consumer
    for partition, end in (await bystander.end_offsets(consumer.assignment())).items():
        while await consumer.position(partition) < end:
            await follower.fetch(1000)
