"""The tokens of the Admin API, sealed."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.data.migrations import run_sql

ID = "2026-11-21T11:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Credentials"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="earshot", description=DESCRIPTION)

    script = (Path(__file__).parent / "sql" / "credentials.sql").read_text()

    async def run() -> None:
        await run_sql(script)

    manager.add_raw(run)
    return manager
