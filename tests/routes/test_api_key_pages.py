"""The page of API keys: each is shown once, and ends when its merchant says so."""

import re
from datetime import UTC, datetime
from html import unescape
from uuid import UUID, uuid4

import httpx
import pytest

from app.domain import api_keys
from app.services import api_keys as services
from app.shopify.id_tokens import Merchant
from tests.cast import ALBA, ANA, BOREALIS, CLOSED_CAFE, bearer
from tests.services.chain import Chain

MAIN = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "main#main"}
PART = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "form#api-key-form"}
TOKEN = re.compile(r"earshot_[0-9a-f]{32}_[0-9a-f]{64}")


@pytest.fixture
async def alba(chain: Chain) -> Chain:
    await chain.install()
    return chain


def words(answer: httpx.Response) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.text).split()))


async def shown(web: httpx.AsyncClient, shop: str = ALBA) -> str:
    answer = await web.get("/api-keys", headers=bearer(shop) | MAIN)
    assert answer.status_code == 200
    assert not TOKEN.search(answer.text)
    return words(answer)


async def create(web: httpx.AsyncClient, name: str, shop: str = ALBA) -> httpx.Response:
    return await web.post("/api-keys", data={"name": name}, headers=bearer(shop) | PART)


async def revoke(web: httpx.AsyncClient, key: object, shop: str = ALBA) -> httpx.Response:
    return await web.delete(f"/api-keys/{key}", headers=bearer(shop) | PART)


async def keys_of(chain: Chain, shop: str = ALBA) -> list[UUID]:
    async with chain.doors.data.tenant(shop) as connection:
        rows = await connection.fetch("SELECT id FROM api_keys WHERE shop = $1", shop)
    return [row["id"] for row in rows]


async def test_a_shop_without_keys_is_told_what_they_are_for(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    said = await shown(web)
    assert "No API keys in use" in said
    assert "https://earshot.example/api/v1/shop" in said
    assert "Revoked" not in said


async def test_a_new_key_is_shown_once_and_opens_the_api(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    answer = await create(web, "  Till in   Lyon ")
    assert answer.headers["cache-control"] == "no-store"
    assert "Copy the key “ Till in Lyon ” now" in words(answer)
    [token] = TOKEN.findall(answer.text)
    header = {"Authorization": f"Bearer {token}"}
    assert (await web.get("/api/v1/shop", headers=header)).status_code == 200
    assert "Till in Lyon" in await shown(web)  # and no token


async def test_the_list_says_by_whom_a_key_was_made_and_when_it_was_used(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    async with alba.doors.data.tenant(ALBA) as connection:
        await connection.execute(
            "INSERT INTO staff VALUES ($1, $2, 'Ana Moreau', $3)", ALBA, ANA, datetime.now(UTC)
        )
    [token] = TOKEN.findall((await create(web, "till")).text)
    assert "by Ana Moreau Never" in await shown(web)
    await web.get("/api/v1/shop", headers={"Authorization": f"Bearer {token}"})
    assert "by Ana Moreau just now" in await shown(web)
    [key] = await keys_of(alba)
    assert f"{api_keys.beginning(key)}…" in await shown(web)


async def test_somebody_unknown_is_named_by_the_end_of_their_number(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    merchant = Merchant(ALBA, "902211987", alba.doors.clock())
    await services.create(alba.doors, merchant, "till")
    assert "by Staff member …1987" in await shown(web)


async def test_a_revoked_key_ends_at_once_and_stays_on_record(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    [token] = TOKEN.findall((await create(web, "till")).text)
    [key] = await keys_of(alba)
    for _ in range(2):  # safe to repeat
        answer = await revoke(web, key)
        assert answer.status_code == 200
        assert "Key “till” revoked" in words(answer)
    header = {"Authorization": f"Bearer {token}"}
    assert (await web.get("/api/v1/shop", headers=header)).status_code == 401
    said = await shown(web)
    assert "No API keys in use" in said
    assert "Revoked Revoked keys Name Created Revoked till" in said


async def test_of_revoked_keys_the_latest_are_shown(web: httpx.AsyncClient, alba: Chain) -> None:
    merchant = Merchant(ALBA, ANA, alba.doors.clock())
    for number in range(23):
        key, _ = await services.create(alba.doors, merchant, f"till-{number}")
        await services.revoke(alba.doors, merchant, key.id)
    assert re.findall(r"till-(\d+)", await shown(web)) == [str(n) for n in range(22, 2, -1)]


@pytest.mark.parametrize("name", ["", "   ", "a" * 81, "a\x00b", "a\u202eb", "x" * 3_000])
async def test_a_name_that_cannot_be_read_comes_back_with_what_is_wrong(
    web: httpx.AsyncClient, alba: Chain, name: str
) -> None:
    answer = await create(web, name)
    assert answer.status_code == 422
    assert "A key needs a name of 1 to 80 readable characters." in words(answer)
    assert answer.text.lstrip().startswith('<form id="api-key-form"')
    assert 'aria-invalid="true"' in answer.text
    assert await keys_of(alba) == []


async def test_what_was_typed_is_escaped(web: httpx.AsyncClient, alba: Chain) -> None:
    name = '<script>"alert(1)"</script>'
    for typed in (name, name + "a" * 80):
        answer = await create(web, typed)
        assert "<script>" not in answer.text
        assert "&lt;script&gt;" in answer.text
    assert "<script>" in await shown(web)  # as words


async def test_the_fifty_first_key_is_refused_with_a_way_on(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    merchant = Merchant(ALBA, ANA, alba.doors.clock())
    for number in range(api_keys.MOST):
        await services.create(alba.doors, merchant, f"till {number}")
    answer = await create(web, "one more")
    assert answer.status_code == 422
    assert "revoke one before making more" in words(answer)
    assert 'value="one more"' in answer.text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"name=a&name=b", 400),
        (b"name=a&shop=borealis.myshopify.com", 400),
        (b"title=a", 400),
        (b"name=%ff", 400),
        (b"\xff\xfe", 400),
        (b'{"name": "till"}', 400),
        (b"name=" + b"x" * 5_000, 413),
    ],
)
async def test_what_is_no_form_of_ours_makes_no_key(
    web: httpx.AsyncClient, alba: Chain, body: bytes, status: int
) -> None:
    headers = bearer() | PART | {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await web.post("/api-keys", content=body, headers=headers)
    assert answer.status_code == status
    assert await keys_of(alba) == []


@pytest.mark.parametrize(
    "key", [uuid4(), UUID(int=0), "1", "till", "%00", "x" * 5_000, "'; DROP TABLE shops"]
)
async def test_a_key_that_is_not_there_cannot_be_revoked(
    web: httpx.AsyncClient, alba: Chain, key: object
) -> None:
    assert (await revoke(web, key)).status_code == 404


async def test_another_shop_neither_sees_nor_revokes_a_key(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    await alba.install(BOREALIS)
    [token] = TOKEN.findall((await create(web, "till of Alba")).text)
    [key] = await keys_of(alba)
    assert "till of Alba" not in await shown(web, BOREALIS)
    assert (await revoke(web, key, BOREALIS)).status_code == 404
    header = {"Authorization": f"Bearer {token}"}
    assert (await web.get("/api/v1/shop", headers=header)).status_code == 200


async def test_a_shop_without_earshot_has_no_keys(web: httpx.AsyncClient, chain: Chain) -> None:
    assert (await create(web, "till", CLOSED_CAFE)).status_code == 404
    assert (await revoke(web, uuid4(), CLOSED_CAFE)).status_code == 404


@pytest.mark.parametrize(("method", "path"), [("POST", "/api-keys"), ("DELETE", "/api-keys/{}")])
async def test_no_key_and_no_cookie_changes_keys(
    web: httpx.AsyncClient, alba: Chain, method: str, path: str
) -> None:
    [token] = TOKEN.findall((await create(web, "till")).text)
    [key] = await keys_of(alba)
    for headers in ({"Authorization": f"Bearer {token}"}, {"Cookie": f"id_token={token}"}, {}):
        answer = await web.request(method, path.format(key), data={"name": "x"}, headers=headers)
        assert answer.status_code == 401
    assert await keys_of(alba) == [key]


async def test_the_list_alone_is_given_to_a_place_in_the_page(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    answer = await web.get("/api-keys", headers=bearer() | PART)
    assert answer.text.lstrip().startswith('<div id="api-keys"')
