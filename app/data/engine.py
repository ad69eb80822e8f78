"""Piccolo bound to the transaction at hand, so that no query escapes its role and its tenant."""

from contextvars import Token
from typing import Any, NamedTuple, cast

from asyncpg import Connection
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction


class NoTransaction(RuntimeError):
    """A query ran outside `Database.tenant()` or `Database.system()`."""


class _Joined(NamedTuple):
    """All that Piccolo asks of a transaction to run a query on it."""

    connection: Connection


class QuietEngine(PostgresEngine):
    """Piccolo's engine, which would otherwise open a connection as soon as it is imported."""

    async def check_version(self) -> None:
        return None


class TransactionBoundEngine(QuietEngine):
    """Runs queries on the open transaction only.

    Piccolo's own engine would quietly open a new connection instead, without SET ROLE, and
    row-level security would be the owner's.
    """

    def join(self, connection: Connection) -> Token[Any]:
        """Lets queries of this task run on `connection`, until the token is given back."""
        return self.current_transaction.set(cast(PostgresTransaction, _Joined(connection)))

    async def get_new_connection(self) -> Connection:
        raise NoTransaction("Open Database.tenant(shop) or Database.system() before a query.")

    async def _run_in_pool(self, query: str, args: Any = None) -> Any:
        raise NoTransaction("Queries run in a transaction, not in Piccolo's own pool.")


ENGINE = TransactionBoundEngine(config={"database": "earshot"})
