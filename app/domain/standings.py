"""Whether a shop's shoppers see cards, and what stands in the way."""

from datetime import datetime, timedelta
from typing import Literal

import msgspec

Embed = Literal["on", "off", "unknown"]
Verdict = Literal["live", "paused", "unreachable", "off", "unknown"]

# A storefront page that asked within this time shows that the theme has Earshot in it.
_RECENTLY = timedelta(days=1)


class Widget(msgspec.Struct, frozen=True):
    """A version of the widget that asked from a storefront page, and when it did last."""

    version: str
    seen_at: datetime


class Heard(msgspec.Struct, frozen=True):
    """What only Redis knows: whether a stream process is at work, and the widgets of late."""

    stream_is_up: bool
    widgets: tuple[Widget, ...]


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """`heard` is None while Redis is away; `parked` is how many events could not be worked off."""

    embed: Embed
    is_paused: bool
    heard: Heard | None
    last_delivery_at: datetime | None
    parked: int = 0

    def verdict(self, now: datetime) -> Verdict:
        """What comes first is to be mended first."""
        if self.heard is not None and not self.heard.stream_is_up:
            return "unreachable"
        if self.embed == "off":
            return "off"
        if self.is_paused:
            return "paused"
        return "live" if self.is_in_theme(now) else "unknown"

    def is_in_theme(self, now: datetime) -> bool:
        """By Shopify's word or, where it gives none, because pages of the store ask."""
        if self.embed == "unknown":
            return any(now - each.seen_at < _RECENTLY for each in self.widgets)
        return self.embed == "on"

    @property
    def widgets(self) -> tuple[Widget, ...]:
        return self.heard.widgets if self.heard else ()
