"""Databases of a test's own, in the cluster of the run."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import asyncpg


def elsewhere(url: str, *, database: str | None = None, login: str | None = None) -> str:
    """The address of another database, or as another login (`name:password`)."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    netloc = parts.netloc if login is None else f"{login}@{host}"
    path = parts.path if database is None else f"/{database}"
    return parts._replace(netloc=netloc, path=path).geturl()


@asynccontextmanager
async def connected(url: str, role: str | None = None) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(url)
    try:
        if role is not None:
            await connection.execute(f"SET ROLE {role}")
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def fresh_database(url: str) -> AsyncIterator[str]:
    """The address of a database with nothing in it, gone afterwards."""
    name = f"test_{secrets.token_hex(4)}"
    async with connected(url) as connection:
        await connection.execute(f"CREATE DATABASE {name}")
        try:
            yield elsewhere(url, database=name)
        finally:
            await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
