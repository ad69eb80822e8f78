"""How Redis is reached: one pool for commands, and connections that only listen."""

from collections.abc import Iterator
from contextlib import contextmanager

from redis.asyncio import BlockingConnectionPool, ConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff, NoBackoff
from redis.exceptions import RedisError

from app.errors import LiveUnavailable

_POOL_SIZE = 16


def command_client(url: str) -> Redis:
    """Every command of ours may be repeated, so a lost connection is tried once more."""
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=_POOL_SIZE,
        timeout=3,
        protocol=2,
        health_check_interval=10,
        retry=Retry(ExponentialWithJitterBackoff(base=0.05, cap=0.5), 1),
        # Shoppers wait for some of these calls: a Redis that hangs counts as away soon.
        socket_timeout=2,
        socket_connect_timeout=1,
        socket_keepalive=True,
    )
    return Redis.from_pool(pool)


def listening_pool(url: str) -> ConnectionPool:
    """No retries: a connection that mends itself hides that messages were missed meanwhile.

    No timeout for writing either: redis-py does that with `asyncio.wait_for`, which before Python
    3.12 may swallow the cancellation of a task. Whoever listens minds the time.
    """
    return ConnectionPool.from_url(
        url,
        protocol=2,
        retry=Retry(NoBackoff(), 0),
        socket_timeout=None,
        socket_connect_timeout=3,
        socket_keepalive=True,
    )


@contextmanager
def redis_errors_named() -> Iterator[None]:
    """Raises LiveUnavailable for whatever redis-py raises."""
    try:
        yield
    except (RedisError, OSError) as error:
        raise LiveUnavailable(f"Redis: {error}") from error
