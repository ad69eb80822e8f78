import gzip
import json
import re

import pytest

from app.domain.languages import BUILT_IN
from tests.storefront_widget.storefronts import BLOCK, LOCALES, WIDGET, words_in

LIMIT = 5_000
ASSETS = WIDGET / "extension" / "assets"
VERSION = json.loads((WIDGET / "package.json").read_text())["version"]
BUILT = ASSETS / f"earshot-{VERSION}.js"


def test_built_file_fits_the_budget() -> None:
    assert len(gzip.compress(BUILT.read_bytes(), 9)) <= LIMIT


def test_built_file_reads_the_same_in_every_encoding() -> None:
    assert BUILT.read_bytes().isascii()


def test_block_names_the_current_file() -> None:
    assert re.findall(r"'([^']+)' \| asset_url", BLOCK.read_text()) == [BUILT.name]


def test_file_of_the_first_release_is_kept_as_it_was() -> None:
    """Themes that were not redone since go on loading it."""
    assert (ASSETS / "earshot-0.1.0.js").read_text().startswith("/* Earshot 0.1.0, MIT */")


def test_block_uses_words_that_exist() -> None:
    used = re.findall(r"'card\.(\w+)' \| t\b", BLOCK.read_text())
    assert set(used) == set(words_in("en")["card"])


@pytest.mark.parametrize("language", BUILT_IN)
def test_block_has_its_words_in_every_language_that_cards_speak(language: str) -> None:
    files = [*LOCALES.glob(f"{language}.*json"), *LOCALES.glob(f"{language}-*.json")]
    assert files
    for file in files:
        words = json.loads(file.read_text())["card"]
        assert set(words) == set(words_in("en")["card"])
        assert all(word.strip() == word != "" for word in words.values())
