import re

import httpx
import pytest

from app.views import assets, bundles


async def test_files_come_small_and_are_kept(web: httpx.AsyncClient) -> None:
    answer = await web.get(assets.static("vendor/htmx-4.0.1.min.js"))
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == "max-age=31536000, public, immutable"
    assert int(answer.headers.get("content-length", len(answer.content))) < 20_000


async def test_address_of_no_file_is_said_to_be_one(web: httpx.AsyncClient) -> None:
    assert (await web.get("/static/nothing.js")).status_code == 404


@pytest.mark.parametrize("name", sorted(bundles.CONTENTS))
async def test_bundles_come_small_and_are_kept(web: httpx.AsyncClient, name: str) -> None:
    answer = await web.get(bundles.address(name))
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]


async def test_a_bundle_that_is_none_is_not_found(web: httpx.AsyncClient) -> None:
    assert (await web.get("/bundles/other.css")).status_code == 404


def test_every_style_and_behaviour_is_in_a_bundle_or_asked_for_by_itself() -> None:
    """A file that nobody sends is a mistake."""
    by_themselves = {"leaving", "preview-shop"}
    for folder, names in (("css", bundles.STYLES), ("js", bundles.BEHAVIOURS)):
        files = {file.stem for file in (assets.STATIC / folder).iterdir()}
        assert files == {*names} | (by_themselves & files), folder


def test_no_behaviour_imports_another() -> None:
    """In a bundle each stands in a block of its own, where no import may be."""
    assert not re.search(r"^(import|export) ", bundles.behaviours(), re.MULTILINE)
