import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import contrast, palettes
from app.domain.settings import Appearance, Palette

COLORS = st.binary(min_size=3, max_size=3).map(lambda channels: f"#{channels.hex()}")
PALETTES = st.builds(Palette, COLORS, COLORS, COLORS)


@given(PALETTES)
def test_every_palette_becomes_readable(palette: Palette) -> None:
    tones = palettes.tones(palette)
    assert tones.surface == palette.background
    assert contrast.ratio(tones.ink, tones.surface) >= 4.5
    assert contrast.ratio(tones.quiet, tones.surface) >= 4.5
    assert contrast.ratio(tones.accent, tones.surface) >= 3


@given(PALETTES)
def test_quiet_words_are_never_louder_than_the_sentence(palette: Palette) -> None:
    tones = palettes.tones(palette)
    quiet, ink = (contrast.ratio(tone, tones.surface) for tone in (tones.quiet, tones.ink))
    assert quiet <= ink


@given(PALETTES)
def test_colours_that_can_be_read_stay_as_they_are(palette: Palette) -> None:
    tones = palettes.tones(palette)
    if contrast.ratio(palette.text, palette.background) >= 4.5:
        assert tones.ink == palette.text
    if contrast.ratio(palette.accent, palette.background) >= 3:
        assert tones.accent == palette.accent


@pytest.mark.parametrize("theme", palettes.THEMES)
def test_themes_need_no_help(theme: str) -> None:
    palette = palettes.palette_of(Appearance(theme=theme))  # type: ignore[arg-type]
    tones = palettes.tones(palette)
    assert (tones.ink, tones.accent) == (palette.text, palette.accent)
    assert contrast.ratio(tones.accent, tones.surface) >= 4.5
    assert contrast.ratio(tones.quiet, tones.surface) < contrast.ratio(tones.ink, tones.surface) - 2


def test_own_palette_counts_only_where_it_is_chosen() -> None:
    own = Palette("#000000", "#ffffff", "#00ff00")
    assert palettes.palette_of(Appearance(theme="custom", palette=own)) == own
    assert palettes.palette_of(Appearance(theme="warm", palette=own)) == palettes.THEMES["warm"]
