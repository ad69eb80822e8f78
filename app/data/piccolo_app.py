"""Tells Piccolo which tables are ours and where their migrations live."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

import piccolo_migrations
from app.data import tables

APP_CONFIG = AppConfig(
    app_name="earshot",
    migrations_folder_path=str(Path(piccolo_migrations.__file__).parent),
    table_classes=tables.ALL,
    migration_dependencies=[],
)
