import gzip
import json
import re

from tests.storefront_widget.storefronts import BLOCK, WIDGET, words_in

LIMIT = 5_000


def test_built_file_fits_the_budget() -> None:
    version = json.loads((WIDGET / "package.json").read_text())["version"]
    built = WIDGET / "extension" / "assets" / f"earshot-{version}.js"
    assert len(gzip.compress(built.read_bytes(), 9)) <= LIMIT


def test_block_names_files_that_exist() -> None:
    assets = re.findall(r"'([^']+)' \| asset_url", BLOCK.read_text())
    assert assets
    assert [name for name in assets if not (WIDGET / "extension" / "assets" / name).is_file()] == []


def test_block_uses_words_that_exist() -> None:
    words = words_in("en")
    used = re.findall(r"'card\.(\w+)' \| t\b", BLOCK.read_text())
    assert set(used) == set(words["card"])
