import re
from typing import Any

import pytest

from app.domain import looks
from app.domain.settings import Appearance, Palette


def tokens(**chosen: Any) -> tuple[dict[str, str], dict[str, str]]:
    """Those of wide screens, and what is another on phones."""
    blocks = re.findall(r":host\{([^}]*)\}", looks.style(Appearance(**chosen)))
    wide, phone = (dict(one.split(":", 1) for one in block.split(";")) for block in blocks)
    return wide, phone


def test_nothing_but_tokens_is_set() -> None:
    style = looks.style(Appearance())
    assert re.sub(r"--earshot-[a-z-]+:[^;{}]+;?", "", style) == (
        ":host{}@media (max-width:480px),(pointer:coarse) and (max-height:480px){:host{}}"
    )


def test_palette_gives_the_colours() -> None:
    own = Palette("#101010", "#fefefe", "#00ff00")
    wide, phone = tokens(theme="custom", palette=own)
    assert wide["--earshot-surface"] == "#101010"
    assert wide["--earshot-ink"] == "#fefefe"
    assert wide["--earshot-accent"] == "#00ff00"
    assert "--earshot-ink" not in phone


@pytest.mark.parametrize(
    ("position", "inset", "align", "slide"),
    [
        ("bottom-left", "auto auto var(--earshot-offset-bottom,0px) 0", "end", "20px"),
        ("bottom-right", "auto 0 var(--earshot-offset-bottom,0px) auto", "end", "20px"),
        ("top-left", "0 auto auto 0", "start", "-20px"),
        ("top-right", "0 0 auto auto", "start", "-20px"),
    ],
)
def test_corner_of_wide_screens(position: str, inset: str, align: str, slide: str) -> None:
    wide, phone = tokens(position=position)
    found = [wide[f"--earshot-{name}"] for name in ("inset", "align", "slide")]
    assert found == [inset, align, slide]
    assert phone["--earshot-align"] == "end"


def test_edge_of_phones_is_its_own() -> None:
    wide, phone = tokens(position="bottom-left", phone_position="top")
    assert wide["--earshot-align"] == "end"
    assert phone["--earshot-inset"] == "env(safe-area-inset-top) 0 auto 0"
    assert phone["--earshot-slide"] == "-20px"


def test_sizes_grow() -> None:
    found = [tokens(size=size)[0] for size in ("small", "medium", "large")]
    for name in ("text", "width", "picture"):
        lengths = [int(each[f"--earshot-{name}"].removesuffix("px")) for each in found]
        assert lengths == sorted(set(lengths))


@pytest.mark.parametrize(
    ("picture", "radius", "corners"),
    [("square", 16, "10px"), ("square", 3, "0px"), ("round", 16, "50%"), ("none", 16, "10px")],
)
def test_picture_follows_the_card(picture: str, radius: int, corners: str) -> None:
    wide, _ = tokens(picture=picture, radius=radius)
    assert wide["--earshot-radius"] == f"{radius}px"
    assert wide["--earshot-picture-radius"] == corners
    assert wide.get("--earshot-picture-display") == ("none" if picture == "none" else None)


@pytest.mark.parametrize(
    ("motion", "moves", "slide"),
    [("slide", "1", "20px"), ("fade", "1", "0px"), ("none", "0", "0px")],
)
def test_motion_may_be_less(motion: str, moves: str, slide: str) -> None:
    wide, phone = tokens(motion=motion)
    assert wide["--earshot-motion"] == moves
    assert wide["--earshot-slide"] == phone["--earshot-slide"] == slide


def test_font_is_the_theme_s_unless_the_system_s_is_wanted() -> None:
    assert "--earshot-font" not in tokens()[0]
    assert tokens(font="system")[0]["--earshot-font"] == "system-ui,sans-serif"
