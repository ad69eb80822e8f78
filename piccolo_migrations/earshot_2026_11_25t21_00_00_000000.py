"""What is kept of buyers beside their orders."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.data.migrations import run_sql

ID = "2026-11-25T21:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Regions, and whether an order was its customer's first"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="earshot", description=DESCRIPTION)

    script = (Path(__file__).parent / "sql" / "buyers.sql").read_text()

    async def run() -> None:
        await run_sql(script)

    manager.add_raw(run)
    return manager
