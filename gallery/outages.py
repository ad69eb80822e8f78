"""What it takes for Earshot to be away: to those who read, a table that is not there."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import asyncpg

from gallery.shops import Shop


def take_away(shop: Shop, table: str) -> None:
    _alter(shop, f"ALTER TABLE {table} RENAME TO {table}_away")


def bring_back(shop: Shop, table: str) -> None:
    _alter(shop, f"ALTER TABLE {table}_away RENAME TO {table}")


def _alter(shop: Shop, statement: str) -> None:
    """In a thread of its own, because Playwright runs an event loop in this one."""

    async def run() -> None:
        connection = await asyncpg.connect(shop.database_url)
        await connection.execute(statement)
        await connection.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, run()).result()
