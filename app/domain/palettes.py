"""The colours of a card: a theme's or the merchant's own, made readable where they are not."""

import msgspec

from app.domain import contrast
from app.domain.settings import Appearance, Palette, Theme

THEMES: dict[Theme, Palette] = {
    "light": Palette("#ffffff", "#211f1c", "#2c7a52"),
    "dark": Palette("#1d1c1a", "#f4f1ec", "#7fd1a5"),
    "warm": Palette("#fbf1e4", "#3d2a1d", "#a8481f"),
    "bold": Palette("#23308f", "#ffffff", "#ffd34d"),
}

_STEPS = 64
_QUIETEST = 44  # of 64 parts of ink in the quiet tone, where that is readable


class Tones(msgspec.Struct, frozen=True):
    """`quiet` is for what is said beside the sentence, `line` for edges and things behind."""

    surface: str
    ink: str
    quiet: str
    accent: str
    line: str


def palette_of(appearance: Appearance) -> Palette:
    """What the merchant chose, as it is."""
    return THEMES.get(appearance.theme, appearance.palette)


def tones(palette: Palette) -> Tones:
    """Text has a contrast of at least 4.5 to its ground, the accent, a mark, of at least 3."""
    surface = palette.background
    ink = _readable(palette.text, surface, contrast.TEXT)
    return Tones(
        surface=surface,
        ink=ink,
        quiet=_quiet(ink, surface),
        accent=_readable(palette.accent, surface, contrast.GRAPHIC),
        line=f"{ink}1f",  # an eighth of it
    )


def _readable(color: str, ground: str, least: float) -> str:
    """The colour itself, or the nearest to it on the way to black or white that can be read."""
    end = max("#000000", "#ffffff", key=lambda one: contrast.ratio(one, ground))
    way = (_mixed(end, color, part) for part in range(_STEPS + 1))
    return next(one for one in way if contrast.ratio(one, ground) >= least)


def _quiet(ink: str, surface: str) -> str:
    way = (_mixed(ink, surface, part) for part in range(_QUIETEST, _STEPS + 1))
    return next(one for one in way if contrast.ratio(one, surface) >= contrast.TEXT)


def _mixed(one: str, other: str, parts: int) -> str:
    """`parts` of 64 of the one, the rest of the other."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    mixed = (round((a * parts + b * (_STEPS - parts)) / _STEPS) for a, b in pairs)
    return "#" + bytes(mixed).hex()


def _channels(color: str) -> bytes:
    """Red, green and blue, each 0 to 255."""
    return bytes.fromhex(color.removeprefix("#"))
