"""A merchant's consent to the app, and what the app keeps with it."""

from dataclasses import dataclass, field
from datetime import datetime

from sandbox.shopify.state.subscriptions import Subscription


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
    """It ends with an uninstall, and takes metafields and subscriptions along.

    Where it was agreed to `by_code`, Shopify does not manage it: no release changes its scopes.
    """

    id: int
    scopes: tuple[str, ...]
    by_code: bool = False
    metafields: list[Metafield] = field(default_factory=list)
    subscriptions: list[Subscription] = field(default_factory=list)

    def metafield(self, namespace: str, key: str) -> Metafield | None:
        return next(
            (one for one in self.metafields if (one.namespace, one.key) == (namespace, key)), None
        )
