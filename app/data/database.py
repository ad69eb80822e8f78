"""The door to Postgres: two pools, one per role, and the two ways to open a transaction."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import TypeAlias

import asyncpg

from app.data import roles
from app.data.engine import ENGINE
from app.domain import shops
from app.errors import DataUnavailable

Connection: TypeAlias = asyncpg.pool.PoolConnectionProxy

# What passes when Postgres is back, when a lock is free, or when the other transaction has ended.
TEMPORARY = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.exceptions.InsufficientResourcesError,
    asyncpg.exceptions.OperatorInterventionError,
    asyncpg.exceptions.TransactionRollbackError,
    # A table or column that is not there yet: `earshot migrate` has still to run.
    asyncpg.exceptions.UndefinedTableError,
    asyncpg.exceptions.UndefinedColumnError,
)

_REFUSED = (
    asyncpg.exceptions.InvalidAuthorizationSpecificationError,
    asyncpg.exceptions.InvalidCatalogNameError,
)


class Database:
    """Transactions as `earshot_request` (one tenant) or as `earshot_system` (intake, upkeep)."""

    def __init__(self, request: asyncpg.Pool, system: asyncpg.Pool) -> None:
        self._request = request
        self._system = system

    @asynccontextmanager
    async def tenant(self, shop: str) -> AsyncIterator[Connection]:
        """One transaction that sees only `shop`; Piccolo's queries inside it run on it too."""
        # One round trip opens the transaction and names the tenant. The domain is checked, so it
        # cannot carry a quote.
        begin = f"BEGIN; SELECT set_config('app.shop', '{shops.checked(shop)}', true)"
        async with _transaction(self._request, begin) as connection:
            yield connection

    @asynccontextmanager
    async def system(self) -> AsyncIterator[Connection]:
        """One transaction over all shops."""
        async with _transaction(self._system, "BEGIN") as connection:
            yield connection

    async def ping(self) -> None:
        """Raises DataUnavailable when Postgres does not answer."""
        async with self.system() as connection:
            await connection.execute("SELECT 1")

    async def close(self) -> None:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(_close_pool, self._request)
            stack.push_async_callback(_close_pool, self._system)


async def open_database(url: str, *, size: int = 8) -> Database:
    """Opens both pools; raises where a role is missing or row-level security would not hold."""
    with connection_errors_named():
        async with AsyncExitStack() as opened:
            request = await _open_pool(url, roles.REQUEST, size)
            opened.push_async_callback(_close_pool, request)
            system = await _open_pool(url, roles.SYSTEM, size)
            opened.pop_all()
            return Database(request, system)


@contextmanager
def connection_errors_named() -> Iterator[None]:
    """Raises DataUnavailable where Postgres is away, or knows no such login or database."""
    try:
        yield
    except _REFUSED as error:
        raise DataUnavailable(f"Postgres refuses DATABASE_URL: {error.message}.") from error
    except TEMPORARY as error:
        raise DataUnavailable(f"Postgres does not answer: {error}") from error


async def _close_pool(pool: asyncpg.Pool) -> None:
    try:
        await asyncio.wait_for(pool.close(), timeout=3)
    except TimeoutError:
        pool.terminate()


async def _open_pool(url: str, role: str, size: int) -> asyncpg.Pool:
    async def become_role(connection: asyncpg.Connection) -> None:
        await roles.become(connection, role)

    # Only transaction-local settings are used, so a released connection has nothing to reset.
    async def nothing_to_reset(connection: asyncpg.Connection) -> None:
        return None

    return await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=size,
        init=become_role,
        reset=nothing_to_reset,
        command_timeout=30,
        server_settings={"application_name": f"earshot {role}"},
    )


def rows_of(done: str) -> int:
    """How many rows a command changed, from what Postgres says: `DELETE 3` → 3."""
    return int(done.rpartition(" ")[2])


@asynccontextmanager
async def transaction_on(connection: Connection, begin: str) -> AsyncIterator[Connection]:
    """One transaction on a connection that is somebody's own."""
    with _failures_named():
        await connection.execute(begin)
        token = ENGINE.join(connection)
        try:
            yield connection
        except BaseException:
            await _roll_back(connection)
            raise
        else:
            await connection.execute("COMMIT")
        finally:
            ENGINE.current_transaction.reset(token)


@asynccontextmanager
async def _transaction(pool: asyncpg.Pool, begin: str) -> AsyncIterator[Connection]:
    with _failures_named():
        async with pool.acquire(timeout=10) as connection, transaction_on(connection, begin):
            yield connection


@contextmanager
def _failures_named() -> Iterator[None]:
    try:
        yield
    except ValueError:
        # asyncpg's word for a value that Postgres has no room for; it is an InterfaceError too, but
        # it will not pass.
        raise
    except TEMPORARY as error:
        raise DataUnavailable(f"Postgres does not answer: {error}") from error


async def _roll_back(connection: Connection) -> None:
    try:
        await connection.execute("ROLLBACK", timeout=5)
    except TEMPORARY:
        connection.terminate()
