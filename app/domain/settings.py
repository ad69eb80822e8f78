"""What a merchant decides for the whole shop: how often one shopper is spoken to, and where."""

from typing import Annotated, Literal

import msgspec

Seconds = Annotated[int, msgspec.Meta(ge=0, le=3600)]
Cap = Annotated[int, msgspec.Meta(ge=1, le=1000)]


class Pacing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Times in seconds; a dismissal silences Earshot for `dismissal_days`."""

    first_delay: Seconds = 6
    duration: Annotated[int, msgspec.Meta(ge=2, le=60)] = 6
    gap: Seconds = 20
    max_per_page: Cap = 3
    max_per_session: Cap = 8
    dismissal_days: Annotated[int, msgspec.Meta(ge=0, le=365)] = 7


class Appearance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    position: Literal["bottom-left", "bottom-right"] = "bottom-left"


class ShopSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pacing: Pacing = Pacing()
    appearance: Appearance = Appearance()


class SavedSettings(msgspec.Struct, frozen=True):
    """Settings with the number of times they were saved."""

    version: int
    settings: ShopSettings
