"""All that Earshot holds anywhere, as text to search."""

from typing import Any

import redis.asyncio

from app.data.tenants import TABLES
from app.doors import Doors
from tests.services.chain import Chain


async def held(chain: Chain) -> dict[str, str]:
    """By where it is: each table, Redis, and what went over Kafka."""
    found = await in_tables(chain.doors)
    found["redis"] = await _in_redis(chain.doors.settings.redis_url)
    found["kafka"] = b"\n".join(chain.logged).decode()
    return found


async def in_tables(doors: Doors, shop: str | None = None) -> dict[str, str]:
    async with doors.data.system() as connection:
        return {
            table: "\n".join(
                _text([*row.values()])
                for row in await connection.fetch(f"SELECT * FROM {table}")
                if shop in (None, row["shop"])
            )
            for table in TABLES
        }


def where(held: dict[str, str], text: str) -> list[str]:
    """The places that mention a text, in whatever case."""
    return [place for place, content in held.items() if text.lower() in content.lower()]


async def _in_redis(url: str) -> str:
    client = redis.asyncio.from_url(url)
    try:
        pieces: list[Any] = []
        for key in await client.keys("*"):
            pieces += [key, await _value(client, key)]
        return "\n".join(_text(piece) for piece in pieces)
    finally:
        await client.aclose()


async def _value(client: Any, key: Any) -> Any:
    match await client.type(key):
        case b"string":
            return await client.get(key)
        case b"hash":
            return await client.hgetall(key)
        case b"stream":
            return await client.xrange(key)
    raise AssertionError(f"Redis holds {key!r}, which this search does not know")


def _text(value: Any) -> str:
    match value:
        case bytes():
            return value.decode("utf-8", "replace")
        case list() | tuple():
            return " ".join(_text(each) for each in value)
        case dict():
            return " ".join(f"{_text(name)} {_text(each)}" for name, each in value.items())
    return str(value)
