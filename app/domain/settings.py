"""What a merchant decides for the whole shop: how cards look, when, where, and what they may tell.

Every field has a default, so that settings saved by an earlier release still read.
"""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from app.domain.languages import BUILT_IN, Language

Seconds = Annotated[int, msgspec.Meta(ge=0, le=3600)]
Cap = Annotated[int, msgspec.Meta(ge=1, le=1000)]
# `problem` is what a form says of a text that is none.
Color = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^#[0-9a-f]{6}\Z",
        description="#rrggbb",
        extra={"problem": "Enter a colour as # and six digits, like #2c7a52."},
    ),
]
Clock = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]\Z",
        extra={"problem": "Enter a time of day, like 22:00."},
    ),
]
# A path of the shop, `*` standing for anything: `/products/*`.
UrlPattern = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^/[^\s\x00-\x1f\x7f]{0,199}\Z",
        extra={
            "problem": "Each line is an address in your shop: a / and up to 199 more, no spaces."
        },
    ),
]
UrlPatterns = Annotated[tuple[UrlPattern, ...], msgspec.Meta(max_length=50)]

# As tags are compared: in lower case.
Tag = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-z0-9](?:[a-z0-9 _-]{0,38}[a-z0-9])?\Z",
        extra={"problem": "Enter one tag: up to 40 letters, digits, spaces or dashes."},
    ),
]

Theme = Literal["light", "dark", "warm", "bold", "custom"]
PageType = Literal["home", "collection", "product", "cart", "search", "blog", "other"]
Device = Literal["desktop", "phone"]

PAGE_TYPES: tuple[PageType, ...] = (
    "home",
    "collection",
    "product",
    "cart",
    "search",
    "blog",
    "other",
)
DEVICES: tuple[Device, ...] = ("desktop", "phone")


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What all parts of the document share."""


class QuietHours(Settings, frozen=True):
    """From one time of day until another, in the shop's time zone; past midnight if need be."""

    start: Clock = "22:00"
    end: Clock = "08:00"


class Pacing(Settings, frozen=True):
    """Times in seconds; a dismissal silences Earshot for `dismissal_days`."""

    first_delay: Seconds = 6
    duration: Annotated[int, msgspec.Meta(ge=2, le=60)] = 6
    gap: Seconds = 20
    max_per_page: Cap = 3
    max_per_session: Cap = 8
    dismissal_days: Annotated[int, msgspec.Meta(ge=0, le=365)] = 7
    quiet_hours: QuietHours | None = None


class Palette(Settings, frozen=True):
    """A card's colours; the moment's quiet grey is mixed of the first two."""

    background: Color = "#ffffff"
    text: Color = "#211f1c"
    accent: Color = "#2c7a52"


class Appearance(Settings, frozen=True):
    """`palette` counts where the theme is `custom`; `radius` is in CSS pixels.

    `position` is the corner on wide screens; on phones a card spans the width, at an edge.
    """

    theme: Theme = "light"
    palette: Palette = Palette()
    position: Literal["bottom-left", "bottom-right", "top-left", "top-right"] = "bottom-left"
    phone_position: Literal["bottom", "top"] = "bottom"
    size: Literal["small", "medium", "large"] = "medium"
    radius: Annotated[int, msgspec.Meta(ge=0, le=32)] = 16
    picture: Literal["square", "round", "none"] = "square"
    motion: Literal["slide", "fade", "none"] = "slide"
    font: Literal["theme", "system"] = "theme"


class Where(Settings, frozen=True):
    """All must agree; no `only_on` pattern means every address."""

    pages: tuple[PageType, ...] = PAGE_TYPES
    devices: tuple[Device, ...] = DEVICES
    only_on: UrlPatterns = ()
    never_on: UrlPatterns = ()


class Privacy(Settings, frozen=True):
    """What a card may tell of a buyer. A town is told where `crowd` buyers of late share it.

    Names and towns are protected customer data (Shopify's level 2): `understood` is the merchant's
    word that the app is approved for it and that the shop's privacy policy says so. Customers and
    products with the two tags are never told of.
    """

    name: Literal["hidden", "first-name"] = "hidden"
    place: Literal["hidden", "town"] = "hidden"
    crowd: Annotated[int, msgspec.Meta(ge=2, le=1000)] = 5
    understood: bool = False
    opt_out_tag: Tag = "earshot-opt-out"
    sensitive_tag: Tag = "earshot-never"


class Languages(Settings, frozen=True):
    """In which languages cards speak; shoppers of others hear `fallback`, or nothing."""

    enabled: tuple[Language, ...] = BUILT_IN
    fallback: Language | None = "en"


class ShopSettings(Settings, frozen=True):
    """The whole document. `paused` keeps every card back, whatever else is set."""

    paused: bool = False
    appearance: Appearance = Appearance()
    pacing: Pacing = Pacing()
    where: Where = Where()
    privacy: Privacy = Privacy()
    languages: Languages = Languages()


class SavedSettings(msgspec.Struct, frozen=True):
    """Settings with the number of times they were saved."""

    version: int
    settings: ShopSettings


class SettingsVersion(msgspec.Struct, frozen=True):
    """Settings as they were saved once; `restores` is the version that they brought back.

    `saved_by` is a caller's `user`, `author` the name that is known of it.
    """

    version: int
    settings: ShopSettings
    saved_by: str
    saved_at: datetime
    restores: int | None
    author: str | None


class SettingsStale(Exception):
    """Somebody has saved since: `yours` began from an older version than `theirs`."""

    def __init__(self, yours: SavedSettings, theirs: SavedSettings) -> None:
        super().__init__(f"Version {yours.version} of the settings is not the newest any more.")
        self.yours = yours
        self.theirs = theirs


class SettingsInvalid(Exception):
    """Settings that cannot be saved: a sentence for each field, by its path."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("These settings cannot be saved as they are.")
        self.problems = problems
