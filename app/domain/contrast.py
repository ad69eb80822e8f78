"""How far apart two colours are for the eye.

Source: WCAG 2.2, "relative luminance" and "contrast ratio".
"""

TEXT = 4.5  # success criterion 1.4.3
GRAPHIC = 3.0  # success criterion 1.4.11


def ratio(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black and white); colours are `#rrggbb`."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: str) -> float:
    red, green, blue = (_linear(int(color[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: int) -> float:
    value = channel / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
