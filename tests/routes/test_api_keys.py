"""Keys for programs: what they open, and when they stop."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from app.data import shops
from app.domain import api_keys
from app.domain.api_keys import ApiKey
from app.doors import Doors
from app.errors import ApiKeyUnknown, InputInvalid, ShopUnknown
from app.services import api_keys as services
from app.shopify.id_tokens import Merchant
from tests.cast import ALBA, ANA, BOREALIS, bearer
from tests.routes.conftest import asking
from tests.routes.test_identity import RETRY
from tests.services.chain import Chain

SETTINGS = "/api/v1/settings"


def ana(doors: Doors, shop: str = ALBA) -> Merchant:
    return Merchant(shop, ANA, doors.clock())


async def made(chain: Chain, shop: str = ALBA) -> tuple[ApiKey, dict[str, str]]:
    """A key of the shop's, and the header that presents it."""
    await chain.install(shop)
    key, token = await services.create(chain.doors, ana(chain.doors, shop), "till")
    return key, {"Authorization": f"Bearer {token}"}


async def _rows(doors: Doors, query: str, *arguments: Any) -> list[Any]:
    async with doors.data.system() as connection:
        return list(await connection.fetch(query, *arguments))


async def _connected(doors: Doors) -> None:
    """So that those who come at once have a connection each, and need not wait for one."""
    async with doors.data.tenant(ALBA) as connection:
        await connection.execute("SELECT pg_sleep(0.3)")


def refused(answer: httpx.Response) -> bool:
    """A 401 that tells nothing, and does not send App Bridge for another token."""
    return (
        answer.status_code == 401
        and answer.json()["detail"] == "The API key is not valid."
        and RETRY not in answer.headers
        and answer.headers["www-authenticate"] == "Bearer"
    )


@pytest.mark.parametrize("path", ["/shop", "/settings", "/notifications"])
async def test_a_key_opens_the_api_of_its_shop(
    web: httpx.AsyncClient, chain: Chain, path: str
) -> None:
    _, header = await made(chain)
    assert (await web.get(f"/api/v1{path}", headers=header)).status_code == 200


async def test_a_shop_that_has_left_gets_no_key(chain: Chain) -> None:
    """The page was still open."""
    await chain.install()
    async with chain.doors.data.tenant(ALBA) as connection:
        await shops.uninstall(connection, ALBA, chain.doors.clock())
    with pytest.raises(ShopUnknown):
        await services.create(chain.doors, ana(chain.doors), "till")
    assert await _rows(chain.doors, "SELECT 1 FROM api_keys") == []


async def test_keys_made_at_once_are_no_more_than_allowed(chain: Chain) -> None:
    await chain.install()
    for number in range(api_keys.MOST - 1):
        await services.create(chain.doors, ana(chain.doors), f"till {number}")
    await asyncio.gather(*(_connected(chain.doors) for _ in range(5)))
    answers = await asyncio.gather(
        *(services.create(chain.doors, ana(chain.doors), "one more") for _ in range(5)),
        return_exceptions=True,
    )
    assert sum(isinstance(answer, InputInvalid) for answer in answers) == 4
    assert len(await _rows(chain.doors, "SELECT 1 FROM api_keys")) == api_keys.MOST


async def test_a_key_opens_no_other_shop(web: httpx.AsyncClient, chain: Chain) -> None:
    await chain.install(ALBA)
    _, header = await made(chain, BOREALIS)
    assert (await web.get("/api/v1/shop", headers=header)).json()["shop"] == BOREALIS
    assert refused(await web.get("/api/v1/shop", params={"shop": ALBA}, headers=header))


async def test_a_key_opens_no_page_and_no_stream(web: httpx.AsyncClient, chain: Chain) -> None:
    _, header = await made(chain)
    for path in ("/", "/live"):
        assert (await web.get(path, headers=header)).status_code == 401


async def test_what_a_key_saves_is_signed_with_it(web: httpx.AsyncClient, chain: Chain) -> None:
    key, header = await made(chain)
    assert (await web.put(SETTINGS, json={}, headers=header)).status_code == 200
    [version] = await _rows(chain.doors, "SELECT saved_by FROM settings_versions")
    assert version["saved_by"] == f"api-key:{key.id}"


async def test_only_the_hash_of_a_key_is_kept(chain: Chain) -> None:
    _, header = await made(chain)
    token = header["Authorization"].removeprefix("Bearer ")
    secret = token.rpartition("_")[2]
    [row] = await _rows(chain.doors, "SELECT * FROM api_keys")
    assert row["hash"] == api_keys.hash_of(secret)
    kept = [*await _rows(chain.doors, "SELECT api_keys::text FROM api_keys")]
    kept += await _rows(chain.doors, "SELECT audit_log::text FROM audit_log")
    assert not any(secret in each[0] for each in kept)


async def test_a_revoked_key_opens_nothing_at_once(web: httpx.AsyncClient, chain: Chain) -> None:
    key, header = await made(chain)
    for _ in range(2):
        revoked = await services.revoke(chain.doors, ana(chain.doors), key.id)
        assert revoked.is_revoked
    assert refused(await web.get(SETTINGS, headers=header))
    actions = await _rows(chain.doors, "SELECT action FROM audit_log ORDER BY id")
    assert [row["action"] for row in actions] == [
        "installed",
        "created an API key",
        "revoked an API key",
    ]


async def test_another_shops_key_cannot_be_revoked(web: httpx.AsyncClient, chain: Chain) -> None:
    await chain.install(BOREALIS)
    key, header = await made(chain)
    with pytest.raises(ApiKeyUnknown):
        await services.revoke(chain.doors, ana(chain.doors, BOREALIS), key.id)
    assert (await web.get(SETTINGS, headers=header)).status_code == 200


async def test_a_key_of_a_shop_that_left_opens_nothing_even_when_it_is_back(
    web: httpx.AsyncClient, chain: Chain
) -> None:
    _, header = await made(chain)
    await chain.receive("app/uninstalled", {"id": 1, "myshopify_domain": ALBA})
    await chain.relay()
    assert refused(await web.get(SETTINGS, headers=header))
    await chain.install()
    assert refused(await web.get(SETTINGS, headers=header))


@pytest.mark.parametrize(
    "token",
    [
        "earshot_",
        "earshot__",
        api_keys.token(uuid4(), "0" * 64),
        api_keys.token(UUID(int=0), "f" * 64),
        "earshot_" + "0" * 10_000,
        "earshot_%00",
    ],
)
async def test_what_is_no_key_opens_nothing(web: httpx.AsyncClient, token: str) -> None:
    assert refused(await web.get(SETTINGS, headers={"Authorization": f"Bearer {token}"}))


async def test_the_right_id_with_another_secret_opens_nothing(
    web: httpx.AsyncClient, chain: Chain
) -> None:
    key, header = await made(chain)
    other = "0" if header["Authorization"][-1] != "0" else "1"
    for token in (
        header["Authorization"][:-1] + other,
        f"Bearer {api_keys.token(key.id, '0' * 64)}",
    ):
        assert refused(await web.get(SETTINGS, headers={"Authorization": token}))


async def test_the_last_use_is_noted_once_a_minute(chain: Chain) -> None:
    key, header = await made(chain)
    began = chain.doors.clock()
    noted: list[datetime] = []
    for seconds in (0, 30, 59, 61):
        moment = began + timedelta(seconds=seconds)
        async with asking(replace(chain.doors, clock=lambda at=moment: at)) as web:  # type: ignore[misc]
            assert (await web.get(SETTINGS, headers=header)).status_code == 200
        [row] = await _rows(chain.doors, "SELECT last_used_at FROM api_keys WHERE id = $1", key.id)
        noted.append(row["last_used_at"])
    assert noted == [began, began, began, began + timedelta(seconds=61)]


async def test_a_shop_has_so_many_keys_and_no_more(chain: Chain) -> None:
    await chain.install()
    for number in range(api_keys.MOST):
        await services.create(chain.doors, ana(chain.doors), f"till {number}")
    with pytest.raises(InputInvalid, match="50 keys"):
        await services.create(chain.doors, ana(chain.doors), "one more")


async def test_a_key_needs_a_name(chain: Chain) -> None:
    await chain.install()
    for name in ("", "a" * 81, "a\0b"):
        with pytest.raises(InputInvalid, match="name"):
            await services.create(chain.doors, ana(chain.doors), name)


async def test_an_id_token_opens_the_api_as_ever(web: httpx.AsyncClient, chain: Chain) -> None:
    await chain.install()
    assert (await web.get(SETTINGS, headers=bearer())).status_code == 200
