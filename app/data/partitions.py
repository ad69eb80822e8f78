"""Monthly partitions of what grows without end, made before their month begins."""

import asyncpg

PARTITIONED = ("deliveries", "interactions")


async def ensure(connection: asyncpg.Connection) -> None:
    """Partitions for this month and the next two, so that missed upkeep leaves weeks to notice."""
    for table in PARTITIONED:
        for ahead in range(3):
            await connection.execute(
                "SELECT ensure_partition($1::text::regclass,"
                " ((now() AT TIME ZONE 'UTC') + make_interval(months => $2))::date)",
                table,
                ahead,
            )
