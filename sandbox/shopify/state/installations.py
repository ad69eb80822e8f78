"""A merchant's consent to the app, and what the app keeps with it."""

from dataclasses import dataclass, field
from datetime import datetime

from sandbox.shopify.state.subscriptions import Subscription

Path = tuple[str, str]


@dataclass
class Metafield:
    id: int
    namespace: str
    key: str
    type: str
    value: str
    created_at: datetime
    updated_at: datetime


@dataclass
class Installation:
    """It ends with an uninstall, and takes metafields and subscriptions along."""

    id: int
    scopes: tuple[str, ...]
    metafields: dict[Path, Metafield] = field(default_factory=dict)
    subscriptions: list[Subscription] = field(default_factory=list)
