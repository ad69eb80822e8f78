"""Rules for programs: whatever is sent is saved, or refused in a sentence."""

from typing import Any

import httpx
import pytest

from app.domain.rules import beginning
from tests.cast import ALBA, bearer
from tests.services.chain import Chain

RULE = beginning(ALBA)[0]


async def _put(web: httpx.AsyncClient, wish: Any, **more: Any) -> httpx.Response:
    document = {"enabled": True, "wish": wish, **more}
    return await web.put(f"/api/v1/rules/{RULE.id}", json=document, headers=bearer())


@pytest.mark.parametrize("goods", [{"tags": ["a\0b"]}, {"vendors": ["\0"]}])
async def test_words_that_postgres_cannot_keep_are_refused(
    web: httpx.AsyncClient, chain: Chain, goods: dict[str, list[str]]
) -> None:
    await chain.install()
    for way in ("only", "never"):
        answer = await _put(web, {"filters": {way: goods}})
        assert answer.status_code == 400, answer.text


async def test_words_with_other_signs_are_kept(web: httpx.AsyncClient, chain: Chain) -> None:
    await chain.install()
    tags = ["a\tb", "\x01", "línea\n2", "\x7f", "\u2028"]
    answer = await _put(web, {"filters": {"only": {"tags": tags}}})
    assert answer.json()["wish"]["filters"]["only"]["tags"] == tags


@pytest.mark.parametrize("version", [-1, 2**31, 3_000_000_000, 2**70])
async def test_an_impossible_version_is_refused(
    web: httpx.AsyncClient, chain: Chain, version: int
) -> None:
    await chain.install()
    assert (await _put(web, {}, version=version)).status_code == 400


async def test_a_version_that_never_was_is_stale(web: httpx.AsyncClient, chain: Chain) -> None:
    await chain.install()
    assert (await _put(web, {}, version=2**31 - 1)).status_code == 409


@pytest.mark.parametrize("name", ["products", "collections"])
@pytest.mark.parametrize("number", [0, -1, 2**63, pytest.param(10**300, id="huge")])
async def test_products_and_collections_go_by_ids_of_shopify_s(
    web: httpx.AsyncClient, chain: Chain, name: str, number: int
) -> None:
    await chain.install()
    answer = await _put(web, {"filters": {"only": {name: [number]}}})
    assert answer.status_code in (400, 422)
    assert (await _put(web, {"filters": {"only": {name: [2**63 - 1]}}})).status_code == 200
    page = await web.get(f"/rules/{RULE.id}", headers=bearer())
    assert page.status_code == 200


async def test_a_rule_with_windows_without_end_is_refused(
    web: httpx.AsyncClient, chain: Chain
) -> None:
    await chain.install()
    answer = await _put(web, {"windows": ["24h", "7d"] * 4_500})
    assert answer.status_code == 422
    assert "Name each span of time once." in answer.text
