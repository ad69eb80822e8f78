"""What kinds of notification beyond single orders need."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.data.migrations import run_sql

ID = "2026-11-25T18:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Kinds beyond orders: what is counted, customers, decisions by rule, stored proof"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="earshot", description=DESCRIPTION)

    script = (Path(__file__).parent / "sql" / "kinds.sql").read_text()

    async def run() -> None:
        await run_sql(script)

    manager.add_raw(run)
    return manager
