"""Settings as a form, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import settings_forms
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
from tests.domain.settings_documents import any_settings

DEFAULTS = settings_forms.fields(ShopSettings())


def problems(**changes: list[str]) -> dict[str, str]:
    """Of the default settings with these fields, `__` standing for the dot between names."""
    form = DEFAULTS | {name.replace("__", "."): values for name, values in changes.items()}
    return settings_forms.read(form).problems


@given(any_settings())
def test_a_form_says_the_settings_that_it_shows(settings: ShopSettings) -> None:
    reading = settings_forms.read(settings_forms.fields(settings))
    assert reading == settings_forms.Reading(settings, {})


@given(
    st.dictionaries(
        st.sampled_from(sorted(settings_forms.names())), st.lists(st.text(), max_size=3)
    )
)
def test_whatever_is_typed_is_settings_or_a_sentence_for_a_field(
    form: dict[str, list[str]],
) -> None:
    reading = settings_forms.read(DEFAULTS | form)
    assert (reading.settings is None) == bool(reading.problems)
    assert reading.problems.keys() <= settings_forms.names()
    assert all(said.endswith(".") for said in reading.problems.values())


def test_every_field_has_a_name() -> None:
    assert settings_forms.names() == DEFAULTS.keys()


def test_form_with_nothing_in_it_lacks_all_that_has_to_be_chosen() -> None:
    missing = settings_forms.read({}).problems
    assert set(missing.values()) == {"This is missing."}
    assert "appearance.theme" in missing
    assert "paused" not in missing


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("pacing__gap", "soon", "Enter a whole number from 0 to 3600."),
        ("pacing__gap", "", "Enter a whole number from 0 to 3600."),
        ("pacing__gap", "3601", "Enter a whole number from 0 to 3600."),
        ("pacing__gap", "-1", "Enter a whole number from 0 to 3600."),
        ("pacing__gap", "1.5", "Enter a whole number from 0 to 3600."),
        ("pacing__gap", "٣", "Enter a whole number from 0 to 3600."),
        ("pacing__gap", "9" * 5000, "Enter a whole number from 0 to 3600."),
        ("pacing__duration", "1", "Enter a whole number from 2 to 60."),
        ("appearance__theme", "neon", "Choose one of those on offer."),
        ("where__pages", "checkout", "Choose one of those on offer."),
        ("languages__fallback", "tlh", "Choose one of those on offer."),
        ("appearance__palette__text", "red", "Enter a colour as # and six digits, like #2c7a52."),
        (
            "appearance__palette__text",
            "#fff\n",
            "Enter a colour as # and six digits, like #2c7a52.",
        ),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(name: str, typed: str, said: str) -> None:
    assert problems(**{name: [typed]}) == {name.replace("__", "."): said}


def test_quiet_hours_are_read_only_where_they_are_wanted() -> None:
    assert problems(pacing__quiet_hours__start=["late"]) == {}
    found = problems(pacing__quiet_hours=["yes"], pacing__quiet_hours__start=["late"])
    assert found == {"pacing.quiet_hours.start": "Enter a time of day, like 22:00."}


def test_all_that_is_wrong_is_said_at_once() -> None:
    found = problems(pacing__gap=["x"], where__pages=[], privacy__name=["first-name"])
    assert found.keys() == {"pacing.gap", "where.pages", "privacy.understood"}


def test_rules_between_fields_wait_until_the_fields_can_be_read() -> None:
    low = {"appearance__theme": ["custom"], "appearance__palette__text": ["#fefefe"]}
    assert problems(**low).keys() == {"appearance.palette.text"}
    assert problems(**low, appearance__radius=["big"]).keys() == {"appearance.radius"}


def test_addresses_are_read_line_by_line() -> None:
    lines = " /products/*\r\n\r\n/products/*\nhttps://alba.example/pages/about?x=1 "
    settings = settings_forms.read(DEFAULTS | {"where.only_on": [lines]}).settings
    assert settings is not None
    assert settings.where.only_on == ("/products/*", "/pages/about")


@pytest.mark.parametrize("line", ["products", "/two words", "/" + "x" * 200, "/\x00", "https://[x"])
def test_what_is_no_address_is_told(line: str) -> None:
    assert "no spaces" in problems(where__never_on=["/fine\n" + line])["where.never_on"]


def test_too_many_addresses_are_told() -> None:
    lines = "\n".join(f"/{number}" for number in range(51))
    assert problems(where__only_on=[lines]) == {"where.only_on": "At most 50 lines."}


def test_colours_may_be_typed_in_capitals() -> None:
    form = DEFAULTS | {"appearance.palette.accent": [" #2C7A52 "]}
    assert settings_forms.read(form).settings == ShopSettings()


def test_every_kind_of_field_goes_both_ways() -> None:
    settings = ShopSettings(
        paused=True,
        appearance=Appearance(theme="custom", palette=Palette("#000000", "#ffffff", "#ffff00")),
        pacing=Pacing(gap=0, quiet_hours=QuietHours("23:30", "06:00")),
        where=Where(pages=("cart",), devices=("phone",), only_on=("/a", "/b/*")),
        privacy=Privacy(name="first-name", understood=True),
        languages=Languages(enabled=("ja",), fallback=None),
    )
    assert settings_forms.read(settings_forms.fields(settings)).settings == settings
