"""What Piccolo runs migrations with: the database, and whose tables there are."""

import os

from piccolo.conf.apps import AppRegistry

from app.data.engine import QuietEngine

DB = QuietEngine(config={"dsn": os.environ.get("DATABASE_URL", "")})
APP_REGISTRY = AppRegistry(apps=["app.data.piccolo_app"])
