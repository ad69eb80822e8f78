"""What is derived of a shop's deliveries, as it lies in the tables."""

import json
from typing import Any

from app.doors import Doors
from tests.cast import ALBA

TABLES = ("events", "notifications", "activity", "customers")

Rows = dict[str, list[dict[str, Any]]]


async def rows(doors: Doors, shop: str = ALBA) -> Rows:
    """Every column of every row, in an order of its own."""
    async with doors.data.tenant(shop) as connection:
        return {
            table: sorted(
                (
                    json.loads(row["whole"])
                    for row in await connection.fetch(
                        f"SELECT to_jsonb(derived) AS whole FROM {table} AS derived"
                    )
                ),
                key=str,
            )
            for table in TABLES
        }


async def run(doors: Doors, statement: str, shop: str = ALBA) -> None:
    async with doors.data.tenant(shop) as connection:
        await connection.execute(statement)
