"""Brings the database to the newest shape: roles, then Piccolo's migrations, then partitions."""

import contextlib
import io
import os
from collections.abc import AsyncIterator

import asyncpg
from piccolo.apps.migrations.commands.forwards import run_forwards

from app.data import cursors, partitions, piccolo_conf, roles
from app.data.database import connection_errors_named
from app.errors import DataUnavailable

OLDEST_POSTGRES = 160_000  # GRANT … WITH INHERIT FALSE came with 16


async def migrate(url: str) -> str:
    """Runs what has not run yet and returns what was done; safe to repeat, also side by side."""
    with connection_errors_named():
        await _prepare(url)
        done = await _run_forwards(url)
        await _follow_on(url)
        return done


async def run_sql(script: str) -> None:
    """A migration's statements, within the migration's own transaction."""
    await _open_connection().execute(script)


async def _prepare(url: str) -> None:
    async with _connected(url) as connection:
        if connection.get_server_version().major * 10_000 < OLDEST_POSTGRES:
            raise DataUnavailable("Postgres is older than 16; Earshot needs 16 or newer.")
        await roles.ensure(connection)


async def _run_forwards(url: str) -> str:
    # Where Piccolo looks for its settings: in the package, which need not be a checkout.
    os.environ["PICCOLO_CONF"] = piccolo_conf.__name__
    piccolo_conf.DB.config = {"dsn": url}
    said = io.StringIO()
    async with piccolo_conf.DB.transaction():
        connection = _open_connection()
        # Two processes that start together migrate one after the other.
        await connection.execute("SELECT pg_advisory_xact_lock(hashtext('earshot migrate'))")
        with contextlib.redirect_stdout(said):
            await run_forwards("earshot")
        await partitions.ensure(connection)
    return said.getvalue().strip().splitlines()[-1]


async def _follow_on(url: str) -> None:
    """Lets followers go on where they were, also when this database was restored elsewhere."""
    async with _connected(url) as connection:
        await roles.become(connection, roles.SYSTEM)
        for follower in cursors.FOLLOWED:
            async with connection.transaction():
                await cursors.renumber(connection, follower)


@contextlib.asynccontextmanager
async def _connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


def _open_connection() -> asyncpg.Connection:
    transaction = piccolo_conf.DB.current_transaction.get()
    assert transaction is not None, "migrations run inside a transaction"
    return transaction.connection
