"""Brings the database to the newest shape: roles, then Piccolo's migrations, then partitions."""

import contextlib
import io

import asyncpg
from piccolo.apps.migrations.commands.forwards import run_forwards
from piccolo.engine.finder import engine_finder
from piccolo.engine.postgres import PostgresEngine

from app.data import partitions, roles
from app.data.database import TEMPORARY
from app.errors import DataUnavailable

OLDEST_POSTGRES = 160_000  # GRANT … WITH INHERIT FALSE came with 16


async def migrate(url: str) -> str:
    """Runs what has not run yet and returns what was done; safe to repeat, also side by side."""
    try:
        await _prepare(url)
        return await _run_forwards(url)
    except TEMPORARY as error:
        raise DataUnavailable(f"Postgres does not answer: {error}") from error


async def run_sql(script: str) -> None:
    """A migration's statements, within the migration's own transaction."""
    await _open_connection(_engine()).execute(script)


async def _prepare(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        if connection.get_server_version().major * 10_000 < OLDEST_POSTGRES:
            raise DataUnavailable("Postgres is older than 16; Earshot needs 16 or newer.")
        await roles.ensure(connection)
    finally:
        await connection.close()


async def _run_forwards(url: str) -> str:
    engine = _engine()
    engine.config = {"dsn": url}
    said = io.StringIO()
    async with engine.transaction():
        connection = _open_connection(engine)
        # Two processes that start together migrate one after the other.
        await connection.execute("SELECT pg_advisory_xact_lock(hashtext('earshot migrate'))")
        with contextlib.redirect_stdout(said):
            await run_forwards("earshot")
        await partitions.ensure(connection)
    return said.getvalue().strip().splitlines()[-1]


def _engine() -> PostgresEngine:
    engine = engine_finder()
    assert isinstance(engine, PostgresEngine), "piccolo_conf.py names a Postgres engine"
    return engine


def _open_connection(engine: PostgresEngine) -> asyncpg.Connection:
    transaction = engine.current_transaction.get()
    assert transaction is not None, "migrations run inside a transaction"
    return transaction.connection
