"""What must hold between the fields of a shop's settings, beyond the limits of each.

A field is named by its path in the document, `pacing.quiet_hours`; every problem is a sentence for
the merchant.
"""

import math
from collections.abc import Callable, Iterator

from app.domain import contrast
from app.domain.settings import ShopSettings

Problem = tuple[str, str]


def problems(settings: ShopSettings) -> dict[str, str]:
    """By path; empty where the settings may be saved."""
    return {path: sentence for rule in _RULES for path, sentence in rule(settings)}


def _quiet_hours(settings: ShopSettings) -> Iterator[Problem]:
    quiet = settings.pacing.quiet_hours
    if quiet is not None and quiet.start == quiet.end:
        yield "pacing.quiet_hours", "Quiet hours must begin and end at different times."


def _where(settings: ShopSettings) -> Iterator[Problem]:
    if not settings.where.pages:
        yield "where.pages", "Choose at least one kind of page."
    if not settings.where.devices:
        yield "where.devices", "Choose at least one kind of device."


def _privacy(settings: ShopSettings) -> Iterator[Problem]:
    privacy = settings.privacy
    if (privacy.name, privacy.place) != ("hidden", "hidden") and not privacy.understood:
        yield "privacy.understood", "Confirm this before cards may tell names or towns."


def _palette(settings: ShopSettings) -> Iterator[Problem]:
    if settings.appearance.theme != "custom":
        return
    palette = settings.appearance.palette
    for name, color, least in (
        ("text", palette.text, contrast.TEXT),
        ("accent", palette.accent, contrast.GRAPHIC),
    ):
        ratio = contrast.ratio(color, palette.background)
        if ratio < least:
            # Rounded down, so that what is not enough never reads as enough.
            has = math.floor(ratio * 10) / 10
            yield (
                f"appearance.palette.{name}",
                f"This colour has a contrast of {has} to the background; it needs {least} or more.",
            )


def _languages(settings: ShopSettings) -> Iterator[Problem]:
    languages = settings.languages
    if not languages.enabled:
        yield "languages.enabled", "Choose at least one language."
    elif languages.fallback is not None and languages.fallback not in languages.enabled:
        yield "languages.fallback", "Choose one of the languages that are turned on, or none."


_RULES: tuple[Callable[[ShopSettings], Iterator[Problem]], ...] = (
    _quiet_hours,
    _where,
    _privacy,
    _palette,
    _languages,
)
