import pytest

from app.domain import settings_rules
from app.domain.settings import (
    Appearance,
    Languages,
    Pacing,
    Palette,
    Privacy,
    QuietHours,
    ShopSettings,
    Where,
)


def custom(**colors: str) -> ShopSettings:
    return ShopSettings(appearance=Appearance(theme="custom", palette=Palette(**colors)))


@pytest.mark.parametrize(
    ("settings", "path"),
    [
        (ShopSettings(pacing=Pacing(quiet_hours=QuietHours("08:00", "08:00"))), "quiet_hours"),
        (ShopSettings(where=Where(pages=())), "where.pages"),
        (ShopSettings(where=Where(devices=())), "where.devices"),
        (ShopSettings(privacy=Privacy(name="first-name")), "privacy.understood"),
        (ShopSettings(privacy=Privacy(place="town")), "privacy.understood"),
        (custom(text="#777777"), "appearance.palette.text"),
        (custom(accent="#cccccc"), "appearance.palette.accent"),
        (ShopSettings(languages=Languages(enabled=("de",))), "languages.fallback"),
        (ShopSettings(languages=Languages(enabled=())), "languages.enabled"),
    ],
)
def test_what_does_not_fit_together_is_told_by_its_path(settings: ShopSettings, path: str) -> None:
    [(found, sentence)] = settings_rules.problems(settings).items()
    assert found.endswith(path)
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    "settings",
    [
        ShopSettings(),
        ShopSettings(pacing=Pacing(quiet_hours=QuietHours("22:00", "08:00"))),
        ShopSettings(privacy=Privacy(name="first-name", place="town", understood=True)),
        custom(text="#767676", accent="#949494"),
        ShopSettings(languages=Languages(enabled=("de",), fallback="de")),
        ShopSettings(languages=Languages(enabled=("de",), fallback=None)),
    ],
)
def test_what_fits_together_has_no_problem(settings: ShopSettings) -> None:
    assert settings_rules.problems(settings) == {}


def test_a_palette_that_is_not_in_use_is_not_judged() -> None:
    unused = Appearance(theme="dark", palette=Palette(text="#ffffff"))
    assert settings_rules.problems(ShopSettings(appearance=unused)) == {}


def test_a_contrast_that_just_fails_does_not_read_as_enough() -> None:
    problems = settings_rules.problems(custom(text="#777777"))
    assert "contrast of 4.4" in problems["appearance.palette.text"]


def test_all_problems_are_told_at_once() -> None:
    settings = ShopSettings(where=Where(pages=(), devices=()), privacy=Privacy(place="town"))
    assert set(settings_rules.problems(settings)) == {
        "where.pages",
        "where.devices",
        "privacy.understood",
    }
