"""What is opened is closed, whatever happens."""

import asyncio
import secrets

import asyncpg
import pytest

from app import doors
from app.config import Settings
from app.data.database import open_database
from app.errors import DatabaseRoleMissing, DataUnavailable
from app.shopify.door import Shopify
from tests.data.databases import connected, elsewhere


async def test_a_door_that_cannot_be_closed_leaves_no_other_open(
    migrated: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(shopify: Shopify) -> None:
        raise OSError("cannot be closed")

    monkeypatch.setattr(Shopify, "close", fail)  # nothing real fails there on demand
    opening = doors.opened(settings)
    opened = await opening.__aenter__()
    with pytest.raises(OSError, match="cannot be closed"):
        await opening.__aexit__(None, None, None)
    with pytest.raises(DataUnavailable, match="pool is clos"):
        await opened.data.ping()


async def _connections_of(owner: asyncpg.Connection, login: str) -> int:
    found = await owner.fetchval("SELECT count(*) FROM pg_stat_activity WHERE usename = $1", login)
    return int(found)


async def test_a_database_that_opens_by_half_is_closed_again(migrated: str) -> None:
    login = f"half_{secrets.token_hex(4)}"
    async with connected(migrated) as owner:
        await owner.execute(f"CREATE ROLE {login} LOGIN PASSWORD 'half'")
        try:
            await owner.execute(f"GRANT earshot_request TO {login}")
            with pytest.raises(DatabaseRoleMissing):
                await open_database(elsewhere(migrated, login=f"{login}:half"))
            async with asyncio.timeout(5):
                while await _connections_of(owner, login):
                    await asyncio.sleep(0.05)
        finally:
            await owner.execute(f"DROP ROLE {login}")
