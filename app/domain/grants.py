"""What Shopify grants an app: tokens that expire, for certain scopes."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

# Shopify's own library renews this long before the end.
_MARGIN = timedelta(minutes=5)


class Grant(msgspec.Struct, frozen=True):
    """An offline access token with the refresh token that renews it. Secrets are not shown."""

    access_token: str
    refresh_token: str
    scopes: tuple[str, ...]
    expires_at: datetime
    refresh_expires_at: datetime

    def __repr__(self) -> str:
        return f"Grant(scopes={self.scopes}, expires_at={self.expires_at})"

    def is_fresh(self, now: datetime) -> bool:
        return now < self.expires_at - _MARGIN

    def is_renewable(self, now: datetime) -> bool:
        return now < self.refresh_expires_at

    def covers(self, wanted: tuple[str, ...]) -> bool:
        """Whether all wanted scopes are granted."""
        return not missing(self.scopes, wanted)


def missing(granted: Iterable[str], wanted: Iterable[str]) -> tuple[str, ...]:
    reach = reach_of(granted)
    return tuple(scope for scope in wanted if scope not in reach)


def reach_of(granted: Iterable[str]) -> frozenset[str]:
    """The scopes with what they include: writing a thing includes reading it."""
    scopes = frozenset(granted)
    return scopes | {scope.replace("write_", "read_", 1) for scope in scopes}
