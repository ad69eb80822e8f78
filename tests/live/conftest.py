import secrets
from collections.abc import AsyncIterator, Iterator

import pytest

from app import live as doors
from app.live import Live
from tests.live.redis_processes import RedisProcess


@pytest.fixture
async def live(redis_url: str) -> AsyncIterator[Live]:
    opened = await doors.open(redis_url)
    yield opened
    await opened.close()


@pytest.fixture
def shop() -> str:
    """A shop that no other test has published to."""
    return f"shop-{secrets.token_hex(6)}.myshopify.com"


@pytest.fixture
def own_redis() -> Iterator[RedisProcess]:
    process = RedisProcess()
    process.start()
    yield process
    process.kill()
