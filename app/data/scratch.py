"""A shop's derived tables a second time, to be filled anew beside those in use.

They are temporary tables of one connection and have the names of the real ones, which they hide:
whatever runs on this connection reads and writes them without knowing. What is made due goes
nowhere either. The real tables are reached only by what names their schema, in `mending.py`.
"""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import cast

import asyncpg

from app.data import roles
from app.data.database import Connection, connection_errors_named, transaction_on
from app.domain import shops
from app.errors import ScratchTablesRefused

HIDDEN = ("events", "notifications", "activity", "customers", "sync_jobs")

_COPY = "CREATE TEMPORARY TABLE {name} (LIKE public.{name} INCLUDING ALL)"


class Scratch:
    def __init__(self, connection: Connection, shop: str) -> None:
        self._connection = connection
        self._begin = f"BEGIN; SELECT set_config('app.shop', '{shops.checked(shop)}', true)"

    def transaction(self) -> AbstractAsyncContextManager[Connection]:
        """One that sees only the shop, and of derived tables only these."""
        return transaction_on(self._connection, self._begin)


@asynccontextmanager
async def opened(url: str, shop: str) -> AsyncIterator[Scratch]:
    """On a connection of its own, which nobody else may get: they end with it.

    Raises DataUnavailable, DatabaseRoleMissing and ScratchTablesRefused.
    """
    with connection_errors_named():
        connection = await asyncpg.connect(
            url, command_timeout=300, server_settings={"application_name": "earshot replay"}
        )
    try:
        await _prepare(connection)
        yield Scratch(cast("Connection", connection), shop)
    finally:
        connection.terminate()


async def _prepare(connection: asyncpg.Connection) -> None:
    with connection_errors_named():
        await roles.become(connection, roles.REQUEST)
        try:
            for name in HIDDEN:
                await connection.execute(_COPY.format(name=name))
        except asyncpg.exceptions.InsufficientPrivilegeError as error:
            raise ScratchTablesRefused(
                f"A replay needs temporary tables; let the database's owner run:"
                f" GRANT TEMPORARY ON DATABASE … TO {roles.REQUEST}"
            ) from error
