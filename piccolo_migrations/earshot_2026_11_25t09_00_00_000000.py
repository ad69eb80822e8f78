"""What the admin needs beyond its first page."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.data.migrations import run_sql

ID = "2026-11-25T09:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Shop facts, staff, catalogue, work that is due, API keys, compliance requests"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="earshot", description=DESCRIPTION)

    script = (Path(__file__).parent / "sql" / "admin.sql").read_text()

    async def run() -> None:
        await run_sql(script)

    manager.add_raw(run)
    return manager
