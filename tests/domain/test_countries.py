import pytest

from app.domain import countries
from app.domain.languages import BUILT_IN


@pytest.mark.parametrize("code", ["FR", "US", "XK", "TW"])
def test_country_has_a_name_in_every_language_that_cards_speak(code: str) -> None:
    assert countries.code(code) == code
    assert all(countries.name(code, language) for language in BUILT_IN)


@pytest.mark.parametrize("typed", [None, "", "fr", "FRA", "F", "ZZ", "EU", "QX", "001", "FR\n"])
def test_what_is_no_country_is_none(typed: str | None) -> None:
    assert countries.code(typed) is None


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Germany"), ("pt-BR", "Alemanha"), ("ja", "ドイツ"), ("xx", None)],
)
def test_name_is_the_language_s_own(language: str, name: str | None) -> None:
    assert countries.name("DE", language) == name
