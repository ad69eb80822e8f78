"""What each setting is called, and what it says, wherever a merchant reads of it."""

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.languages import BUILT_IN
from app.domain.settings import QuietHours
from app.views import languages

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Words:
    """A field's label, what its choices are called, and the unit of its numbers."""

    label: str
    options: Options = ()
    unit: str = ""


_LANGUAGES: Options = tuple((tag, languages.name(tag)) for tag in BUILT_IN)

WORDS: dict[str, Words] = {
    "paused": Words("All cards paused"),
    "appearance.theme": Words(
        "Theme",
        (
            ("light", "Light"),
            ("dark", "Dark"),
            ("warm", "Warm"),
            ("bold", "Bold"),
            ("custom", "Your colours"),
        ),
    ),
    "appearance.palette.background": Words("Background"),
    "appearance.palette.text": Words("Text"),
    "appearance.palette.accent": Words("Accent"),
    "appearance.position": Words(
        "Corner on desktop",
        (
            ("bottom-left", "Bottom left"),
            ("bottom-right", "Bottom right"),
            ("top-left", "Top left"),
            ("top-right", "Top right"),
        ),
    ),
    "appearance.phone_position": Words("Edge on phones", (("bottom", "Bottom"), ("top", "Top"))),
    "appearance.size": Words(
        "Size", (("small", "Small"), ("medium", "Medium"), ("large", "Large"))
    ),
    "appearance.radius": Words("Corner radius", unit="px"),
    "appearance.picture": Words(
        "Product picture", (("square", "Square"), ("round", "Round"), ("none", "None"))
    ),
    "appearance.motion": Words("Motion", (("slide", "Slide"), ("fade", "Fade"), ("none", "None"))),
    "appearance.font": Words("Font", (("theme", "Theme font"), ("system", "System font"))),
    "pacing.first_delay": Words("First card after", unit="seconds"),
    "pacing.duration": Words("Each stays for", unit="seconds"),
    "pacing.gap": Words("Pause between two", unit="seconds"),
    "pacing.max_per_page": Words("Most per page", unit="cards"),
    "pacing.max_per_session": Words("Most per visit", unit="cards"),
    "pacing.dismissal_days": Words("No cards after one is closed", unit="days"),
    "pacing.quiet_hours": Words("Quiet hours"),
    "pacing.quiet_hours.start": Words("From"),
    "pacing.quiet_hours.end": Words("Until"),
    "where.pages": Words(
        "Pages",
        (
            ("home", "Home"),
            ("collection", "Collections"),
            ("product", "Products"),
            ("cart", "Cart"),
            ("search", "Search"),
            ("blog", "Blog"),
            ("other", "All others"),
        ),
    ),
    "where.devices": Words("Devices", (("desktop", "Desktops"), ("phone", "Phones"))),
    "where.only_on": Words("Only on these addresses"),
    "where.never_on": Words("Never on these addresses"),
    "privacy.name": Words("Who bought", (("hidden", "Someone"), ("first-name", "The first name"))),
    "privacy.place": Words("Where from", (("hidden", "Not shown"), ("town", "The town"))),
    "privacy.crowd": Words("Name a town from", unit="buyers"),
    "privacy.opt_out_tag": Words("Customers with this tag are never told of"),
    "privacy.sensitive_tag": Words("Products with this tag are never told of"),
    "privacy.understood": Words("Confirmed for names and towns"),
    "languages.enabled": Words("Languages", _LANGUAGES),
    "languages.fallback": Words("For all other shoppers", (("", "No cards"), *_LANGUAGES)),
}


def spoken(path: str, value: object) -> str:
    """A setting's value as a merchant reads it: `20 seconds`, `1 day`, `Bottom left`, `none`."""
    words = WORDS[path]
    say = _SPEAKERS.get(type(value), str)
    if words.options:
        names = dict(words.options)
        chosen = value if isinstance(value, tuple) else (value or "",)
        return ", ".join(names[str(each)] for each in chosen) or "none"
    unit = words.unit.removesuffix("s") if value == 1 else words.unit
    return f"{say(value)} {unit}".strip()


def _of_quiet_hours(value: QuietHours) -> str:
    return f"{value.start} to {value.end}"


_SPEAKERS: dict[type, Callable[..., str]] = {
    bool: lambda value: "on" if value else "off",
    type(None): lambda _: "off",
    tuple: lambda lines: ", ".join(lines) or "none",
    QuietHours: _of_quiet_hours,
}
