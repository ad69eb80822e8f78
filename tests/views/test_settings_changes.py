"""What differs between two versions, as merchants read it."""

from hypothesis import given

from app.domain import settings_forms
from app.domain.settings import Appearance as Look
from app.domain.settings import Languages, Pacing, Palette, QuietHours, ShopSettings, Where
from app.views import settings_changes, settings_words
from tests.domain.settings_documents import any_document


def said(after: ShopSettings) -> list[str]:
    """Each change since the defaults."""
    found = settings_changes.between(ShopSettings(), after)
    return [f"{each.label}: {each.before} → {each.after}" for each in found]


def test_every_field_of_the_form_has_its_words() -> None:
    assert settings_words.WORDS.keys() == settings_forms.names()


def test_changes_are_told_in_words() -> None:
    after = ShopSettings(
        paused=True,
        appearance=Look(theme="custom", palette=Palette(accent="#000000"), radius=0),
        pacing=Pacing(gap=30, dismissal_days=1, quiet_hours=QuietHours()),
        where=Where(devices=("phone",), only_on=("/products/*",)),
        languages=Languages(fallback=None),
    )
    assert said(after) == [
        "All cards paused: off → on",
        "Theme: Light → Your colours",
        "Accent: #2c7a52 → #000000",
        "Corner radius: 16 px → 0 px",
        "Pause between two: 20 seconds → 30 seconds",
        "No cards after one is closed: 7 days → 1 day",
        "Quiet hours: off → 22:00 to 08:00",
        "Devices: with Desktops → without Desktops",
        "Only on these addresses: without /products/* → with /products/*",
        "For all other shoppers: English → No cards",
    ]


def test_of_several_only_the_differences_are_told() -> None:
    before = ShopSettings(where=Where(pages=("home", "cart")))
    [change] = settings_changes.between(before, ShopSettings(where=Where(pages=("home", "blog"))))
    assert change.before == "with Cart, without Blog"
    assert change.after == "with Blog, without Cart"


def test_the_order_of_several_says_nothing() -> None:
    assert said(ShopSettings(where=Where(devices=("phone", "desktop")))) == []


@given(any_document(), any_document())
def test_any_two_versions_can_be_told_apart(before: ShopSettings, after: ShopSettings) -> None:
    changes = settings_changes.between(before, after)
    assert all(change.before != change.after for change in changes)
    assert {change.path for change in changes} <= settings_forms.names()
    assert settings_changes.between(before, before) == []
