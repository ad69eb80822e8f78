import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import contrast

colors = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),  # the grey that famously just fails
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#0a0a0a", "#000000", 1.06),
    ],
)
def test_known_contrasts_are_found(one: str, other: str, ratio: float) -> None:
    assert contrast.ratio(one, other) == pytest.approx(ratio, abs=0.005)


@given(colors, colors)
def test_contrast_goes_both_ways_and_keeps_its_range(one: str, other: str) -> None:
    assert contrast.ratio(one, other) == contrast.ratio(other, one)
    assert 1.0 <= contrast.ratio(one, other) <= 21.0


@given(colors)
def test_a_color_has_no_contrast_to_itself(color: str) -> None:
    assert contrast.ratio(color, color) == 1.0
