"""Finds what tells of buyers without reading all that was ever told."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.data.migrations import run_sql

ID = "2026-11-25T14:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "An index of notifications that tell of buyers"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="earshot", description=DESCRIPTION)

    script = (Path(__file__).parent / "sql" / "told_of_buyers.sql").read_text()

    async def run() -> None:
        await run_sql(script)

    manager.add_raw(run)
    return manager
