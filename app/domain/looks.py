"""A card's appearance as custom properties, which the widget's own style sheet draws with."""

import msgspec

from app.domain import palettes
from app.domain.screens import PHONE
from app.domain.settings import Appearance

# A theme's own, for a bar that sticks to the bottom.
_OFFSET = "var(--earshot-offset-bottom,0px)"
# Phones have edges of their own, where the theme draws up to them.
_PHONE_TOP = "env(safe-area-inset-top)"
_PHONE_BOTTOM = f"calc({_OFFSET} + env(safe-area-inset-bottom))"
_SLIDE = 20
_MARGIN, _PHONE_MARGIN = 20, 12
_PHONE_WIDTH = 456  # with its margins 480: all of a phone, but not all of one held sideways


class _Size(msgspec.Struct, frozen=True):
    """In CSS pixels."""

    text: int
    width: int
    picture: int


_SIZES = {
    "small": _Size(text=13, width=296, picture=48),
    "medium": _Size(text=14, width=336, picture=60),
    "large": _Size(text=16, width=392, picture=76),
}
Tokens = dict[str, str]


def style(appearance: Appearance) -> str:
    """A style sheet for the card's shadow root that sets its tokens, and nothing else.

    Themes may set the same tokens on `earshot-card` from outside, and win.
    """
    tokens = _colors(appearance) | _measures(appearance) | _motion(appearance)
    wide, phone = _place(appearance), _phone_place(appearance)
    return f"{_host(tokens | wide)}@media {PHONE}{{{_host(phone)}}}"


def _host(tokens: Tokens) -> str:
    return ":host{" + ";".join(f"--earshot-{name}:{value}" for name, value in tokens.items()) + "}"


def _colors(appearance: Appearance) -> Tokens:
    return msgspec.to_builtins(palettes.tones(palettes.palette_of(appearance)))  # type: ignore[no-any-return]


def _measures(appearance: Appearance) -> Tokens:
    """The picture's corners follow the card's, which are a padding of ten pixels away."""
    size, radius = _SIZES[appearance.size], appearance.radius
    tokens = {
        "text": f"{size.text}px",
        "picture": f"{size.picture}px",
        "picture-radius": "50%" if appearance.picture == "round" else f"{max(0, radius - 6)}px",
        "radius": f"{radius}px",
    }
    if appearance.picture == "none":
        tokens["picture-display"] = "none"
    if appearance.font == "system":
        tokens["font"] = "system-ui,sans-serif"
    return tokens


def _motion(appearance: Appearance) -> Tokens:
    return {"motion": "0" if appearance.motion == "none" else "1"}


def _place(appearance: Appearance) -> Tokens:
    edge, side = appearance.position.split("-")
    sides = ("0", "auto") if side == "right" else ("auto", "0")
    return _at(edge, sides, appearance) | {
        "width": f"{_SIZES[appearance.size].width}px",
        "margin": f"{_MARGIN}px",
    }


def _phone_place(appearance: Appearance) -> Tokens:
    """Centred, with a close button that a thumb hits."""
    edge, sides = appearance.phone_position, ("0", "0")
    return _at(edge, sides, appearance, top=_PHONE_TOP, bottom=_PHONE_BOTTOM) | {
        "width": f"{_PHONE_WIDTH}px",
        "margin": f"{_PHONE_MARGIN}px",
        "close": "44px",
    }


def _at(
    edge: str,
    sides: tuple[str, str],
    appearance: Appearance,
    *,
    top: str = "0",
    bottom: str = _OFFSET,
) -> Tokens:
    """At one edge of the window; a card slides in from there. `sides` are right and left."""
    right, left = sides
    slide = _SLIDE if appearance.motion == "slide" else 0
    if edge == "top":
        return {"inset": f"{top} {right} auto {left}", "align": "start", "slide": f"{-slide}px"}
    return {"inset": f"auto {right} {bottom} {left}", "align": "end", "slide": f"{slide}px"}
