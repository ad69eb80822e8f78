"""For Piccolo's own commands, which look here when they run in the checkout."""

from app.data.piccolo_conf import APP_REGISTRY, DB

__all__ = ["APP_REGISTRY", "DB"]
