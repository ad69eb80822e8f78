"""What the app wants to hear of, and where."""

from dataclasses import dataclass
from datetime import datetime


@dataclass
class Subscription:
    """Of `shopify.app.toml` for every shop (`id` 0), or made by the Admin API for one."""

    topic: str
    uri: str
    id: int = 0
    name: str | None = None
    include_fields: tuple[str, ...] = ()
    created_at: datetime | None = None
    updated_at: datetime | None = None
