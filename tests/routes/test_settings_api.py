"""Settings for programs: whole documents, and nobody overwrites what another has saved since."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.cast import ALBA, BOREALIS, bearer
from tests.services.chain import Chain

PATH = "/api/v1/settings"


async def _put(
    web: httpx.AsyncClient, document: Any, if_match: str | None = None, shop: str = ALBA
) -> httpx.Response:
    headers = bearer(shop) | ({"If-Match": if_match} if if_match is not None else {})
    return await web.put(PATH, json=document, headers=headers)


async def test_settings_carry_their_version_as_a_tag(web: httpx.AsyncClient, chain: Chain) -> None:
    await chain.install()
    shown = await web.get(PATH, headers=bearer())
    assert (shown.json()["version"], shown.headers["etag"]) == (0, '"0"')
    saved = await _put(web, {}, shown.headers["etag"])
    assert (saved.json()["version"], saved.headers["etag"]) == (1, '"1"')


async def test_a_stale_version_is_answered_with_both(web: httpx.AsyncClient, chain: Chain) -> None:
    await chain.install()
    theirs = (await _put(web, {"paused": True}, '"0"')).json()
    answer = await _put(web, {"pacing": {"gap": 2}}, '"0"')
    assert answer.status_code == 409
    assert answer.headers["content-type"].startswith("application/problem+json")
    problem = answer.json()
    assert problem["theirs"] == theirs
    assert problem["yours"]["version"] == 0
    assert problem["yours"]["settings"]["pacing"]["gap"] == 2
    assert (await web.get(PATH, headers=bearer())).json() == theirs


@pytest.mark.parametrize("tag", ['"1"', '"7"'])
async def test_a_version_that_never_was_is_stale(
    web: httpx.AsyncClient, chain: Chain, tag: str
) -> None:
    await chain.install()
    answer = await _put(web, {}, tag)
    assert answer.status_code == 409
    assert answer.json()["theirs"]["version"] == 0


async def test_of_many_who_save_at_once_one_wins(web: httpx.AsyncClient, chain: Chain) -> None:
    await chain.install()
    for tag in ('"0"', '"1"'):
        answers = await asyncio.gather(*(_put(web, {}, tag) for _ in range(4)))
        assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]


@pytest.mark.parametrize("tag", [None, "*", 'W/"0"'])
async def test_whoever_does_not_mind_may_save(
    web: httpx.AsyncClient, chain: Chain, tag: str | None
) -> None:
    await chain.install()
    assert (await _put(web, {}, tag)).status_code == 200


@pytest.mark.parametrize("tag", ["", "0", '"x"', '"-1"', '"01"', '"0", "1"', '"' + "9" * 40 + '"'])
async def test_an_impossible_tag_is_refused(web: httpx.AsyncClient, chain: Chain, tag: str) -> None:
    await chain.install()
    answer = await _put(web, {}, tag)
    assert answer.status_code == 400
    assert "If-Match" in answer.json()["detail"]


async def test_settings_that_do_not_fit_together_are_refused_field_by_field(
    web: httpx.AsyncClient, chain: Chain
) -> None:
    await chain.install()
    answer = await _put(web, {"where": {"pages": []}, "privacy": {"place": "town"}})
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"where.pages", "privacy.understood"}
    assert (await web.get(PATH, headers=bearer())).json()["version"] == 0


@pytest.mark.parametrize(
    ("document", "named"),
    [
        ({"surprise": 1}, "surprise"),
        ({"pacing": {"gap": "2"}}, "$.pacing.gap"),
        ({"pacing": {"gap": -1}}, "$.pacing.gap"),
        ({"where": {"pages": ["moon"]}}, "$.where.pages"),
        ({"where": {"only_on": ["/x" * 200]}}, "$.where.only_on"),
        ({"where": {"only_on": ["/x"] * 51}}, "$.where.only_on"),
        ({"appearance": {"palette": {"text": "red"}}}, "$.appearance.palette.text"),
        ({"appearance": {"palette": {"text": "#00000\n"}}}, "$.appearance.palette.text"),
        ({"languages": {"enabled": ["tlh"]}}, "$.languages.enabled"),
    ],
)
async def test_a_field_that_cannot_be_is_named(
    web: httpx.AsyncClient, chain: Chain, document: Any, named: str
) -> None:
    await chain.install()
    answer = await _put(web, document)
    assert answer.status_code == 400
    assert named in answer.json()["detail"]


async def test_a_huge_document_is_refused(web: httpx.AsyncClient, chain: Chain) -> None:
    await chain.install()
    answer = await web.put(PATH, content=b" " * 64_001, headers=bearer())
    assert answer.status_code == 413


@pytest.mark.parametrize("body", [b"{" * 20_000, b"[" * 20_000, b'{"paused": ' + b"[" * 20_000])
async def test_a_document_nested_too_deeply_is_refused(
    web: httpx.AsyncClient, chain: Chain, body: bytes
) -> None:
    await chain.install()
    assert (await web.put(PATH, content=body, headers=bearer())).status_code == 400


async def test_another_shop_has_settings_of_its_own(web: httpx.AsyncClient, chain: Chain) -> None:
    await chain.install(ALBA)
    await chain.install(BOREALIS)
    await _put(web, {"paused": True})
    shown = (await web.get(PATH, headers=bearer(BOREALIS))).json()
    assert (shown["version"], shown["settings"]["paused"]) == (0, False)
