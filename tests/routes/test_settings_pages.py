"""The settings page and its versions: nothing typed is lost, nobody's settings are overwritten."""

import re
from datetime import UTC, datetime
from html import unescape

import httpx
import pytest

from app.domain import settings_forms
from app.domain.settings import ShopSettings
from tests.cast import ALBA, ANA, BOREALIS, CLOSED_CAFE, bearer, id_token
from tests.services.chain import Chain

BEN = "4711"
DEFAULTS = settings_forms.fields(ShopSettings())
MAIN = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "main#main"}
FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "form#settings-form"}


@pytest.fixture
async def alba(chain: Chain) -> Chain:
    await chain.install()
    return chain


async def save(
    web: httpx.AsyncClient,
    version: int,
    *,
    by: str = ANA,
    shop: str = ALBA,
    on_top_of: int | None = None,
    **changes: list[str],
) -> httpx.Response:
    """The default settings with these fields, `__` standing for the dot between names."""
    fields = DEFAULTS | {name.replace("__", "."): values for name, values in changes.items()}
    form = {**fields, "version": [str(version)]}
    if on_top_of is not None:
        form["on_top_of"] = [str(on_top_of)]
    return await web.put("/settings", data=form, headers=bearer(shop, sub=by) | FRAGMENT)


async def restore(
    web: httpx.AsyncClient, number: int, on_top_of: int, shop: str = ALBA
) -> httpx.Response:
    path, form = f"/settings/versions/{number}/restoration", {"on_top_of": str(on_top_of)}
    return await web.post(path, data=form, headers=bearer(shop) | FRAGMENT)


async def shown(web: httpx.AsyncClient, path: str = "/settings", shop: str = ALBA) -> str:
    answer = await web.get(path, headers=bearer(shop) | MAIN)
    assert answer.status_code == 200
    return words(answer)


def words(answer: httpx.Response) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.text).split()))


async def named(chain: Chain, member: str, name: str, shop: str = ALBA) -> None:
    async with chain.doors.data.tenant(shop) as connection:
        await connection.execute(
            "INSERT INTO staff VALUES ($1, $2, $3, $4)", shop, member, name, datetime.now(UTC)
        )


@pytest.mark.parametrize("path", ["/settings", "/settings/versions"])
async def test_address_that_is_typed_in_gives_the_page(
    web: httpx.AsyncClient, alba: Chain, path: str
) -> None:
    query = {"shop": ALBA, "embedded": "1", "id_token": id_token()}
    answer = await web.get(path, params=query)
    assert answer.text.startswith("<!doctype html>")
    assert f"frame-ancestors https://{ALBA}" in answer.headers["Content-Security-Policy"]
    inside = await web.get(path, headers=bearer() | MAIN)
    assert inside.text.lstrip().startswith("<title>")
    assert "<html" not in inside.text


async def test_settings_of_a_shop_without_earshot_are_nowhere(web: httpx.AsyncClient) -> None:
    for path in ("/settings", "/settings/versions"):
        answer = await web.get(path, headers=bearer(CLOSED_CAFE) | MAIN)
        assert answer.status_code == 404
    assert (await save(web, 0, shop=CLOSED_CAFE)).status_code == 404
    assert (await restore(web, 1, 1, shop=CLOSED_CAFE)).status_code == 404


async def test_saved_settings_are_shown_and_say_by_whom(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    await named(alba, ANA, "Ana Moreau")
    answer = await save(web, 0, pacing__gap=["30"])
    assert answer.status_code == 200
    assert "Settings saved" in words(answer)
    assert 'name="version" value="1"' in answer.text
    assert 'name="pacing.gap" type="text" value="30"' in answer.text
    assert "Version 1, saved by Ana Moreau" in await shown(web)


async def test_open_storefront_pages_take_what_was_saved(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    await save(web, 0)
    assert [message.event for message in await alba.heard()] == ["settings"]


async def test_form_with_problems_comes_back_with_all_that_was_typed(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    answer = await save(
        web, 0, pacing__gap=["<b>soon"], where__pages=[], privacy__name=["first-name"]
    )
    assert answer.status_code == 422
    said = words(answer)
    assert "There are 3 problems" in said
    assert "Enter a whole number from 0 to 3600." in said
    assert "Choose at least one kind of page." in said
    assert "Confirm this before cards may tell names or towns." in said
    assert 'value="&lt;b&gt;soon"' in answer.text
    assert answer.text.count('aria-invalid="true"') == 3
    assert "Nothing saved yet" in await shown(web, "/settings/versions")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"version=0&colour=red", 400),
        (b"version=latest", 400),
        (b"version=0&version=0", 400),
        (b"version=0&paused=%ff", 400),
        (b"\xff\xfe", 400),
        (b"&".join(b"version=0" for _ in range(600)), 400),
        (b"version=0&paused=" + b"x" * 70_000, 413),
        (b"version=0", 422),
        (b'{"version": 0}', 400),
        (b"", 400),
    ],
)
async def test_what_is_no_form_of_ours_is_refused(
    web: httpx.AsyncClient, alba: Chain, body: bytes, status: int
) -> None:
    headers = bearer() | FRAGMENT | {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await web.put("/settings", content=body, headers=headers)
    assert answer.status_code == status
    assert "Nothing saved yet" in await shown(web, "/settings/versions")


async def test_form_of_a_stale_token_is_asked_for_once_more(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    stale = bearer(exp=1, nbf=0, iat=0) | FRAGMENT
    answer = await web.put("/settings", data={"version": "0"}, headers=stale)
    assert answer.status_code == 401
    assert answer.headers["X-Shopify-Retry-Invalid-Session-Request"] == "1"


async def test_stale_version_shows_what_differs_and_who_saved(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    await named(alba, BEN, "Ben Okafor")
    await save(web, 0, by=BEN, pacing__gap=["30"])
    answer = await save(web, 0, pacing__gap=["45"], paused=["yes"])
    assert answer.status_code == 409
    said = words(answer)
    assert "Ben Okafor saved other settings meanwhile" in said
    assert "Setting Theirs Yours" in said
    assert "All cards paused off on" in said
    assert "Pause between two 30 seconds 45 seconds" in said
    assert 'name="pacing.gap" type="text" value="45"' in answer.text
    assert 'name="version" value="0"' in answer.text
    assert 'name="on_top_of" value="1"' in answer.text
    assert "Version 1, saved by Ben Okafor" in await shown(web)


async def test_merchant_may_keep_hers_on_top_of_theirs(web: httpx.AsyncClient, alba: Chain) -> None:
    await save(web, 0, by=BEN, pacing__gap=["30"])
    answer = await save(web, 0, on_top_of=1, pacing__gap=["45"])
    assert answer.status_code == 200
    assert 'name="version" value="2"' in answer.text
    assert 'name="pacing.gap" type="text" value="45"' in answer.text


async def test_keeping_hers_gives_way_to_what_was_saved_since(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    await save(web, 0, by=BEN, pacing__gap=["30"])
    await save(web, 1, by=BEN, pacing__gap=["31"])
    answer = await save(web, 0, on_top_of=1, pacing__gap=["45"])
    assert answer.status_code == 409
    assert "31 seconds" in words(answer)


async def test_two_who_save_the_same_are_of_one_mind(web: httpx.AsyncClient, alba: Chain) -> None:
    await save(web, 0, by=BEN, pacing__gap=["30"])
    answer = await save(web, 0, pacing__gap=["30"])
    assert answer.status_code == 200
    assert 'name="version" value="1"' in answer.text


async def test_settings_that_have_begun_anew_say_so(web: httpx.AsyncClient, alba: Chain) -> None:
    answer = await save(web, 7)
    assert answer.status_code == 400
    assert "Please reload the page." in answer.json()["detail"]


async def test_versions_say_who_changed_what(web: httpx.AsyncClient, alba: Chain) -> None:
    await named(alba, ANA, "Ana Moreau")
    await save(web, 0, pacing__gap=["30"])
    await save(web, 1, by=BEN, pacing__gap=["30"], paused=["yes"])
    said = await shown(web, "/settings/versions")
    assert re.search(
        r"Version 2 In use Staff member …4711 · \d+ \w+ \d{4}, \d\d:\d\d UTC"
        r" All cards paused off → on"
        r" Version 1 Ana Moreau · .* Pause between two 20 seconds → 30 seconds",
        said,
    )


async def test_program_that_saved_is_named_by_its_key(web: httpx.AsyncClient, alba: Chain) -> None:
    key = "0190a0a0-0000-7000-8000-000000000001"
    async with alba.doors.data.tenant(ALBA) as connection:
        await connection.execute(
            "INSERT INTO api_keys (shop, id, name, hash, created_by, created_at)"
            " VALUES ($1, $2, 'Night shift', '', $3, now())",
            ALBA,
            key,
            ANA,
        )
        for version, saved_by in ((1, f"api-key:{key}"), (2, "api-key:gone")):
            await connection.execute(
                "INSERT INTO settings_versions VALUES ($1, $2, '{}', $3, now())",
                ALBA,
                version,
                saved_by,
            )
    said = await shown(web, "/settings/versions")
    assert "API key “Night shift”" in said
    assert "An API key ·" in said


async def test_version_is_brought_back_as_a_new_one(web: httpx.AsyncClient, alba: Chain) -> None:
    await save(web, 0, pacing__gap=["30"])
    await save(web, 1, pacing__gap=["45"])
    answer = await restore(web, 1, on_top_of=2)
    assert answer.status_code == 200
    said = words(answer)
    assert "Version 1 restored" in said
    assert "Version 3 In use Restores version 1" in said
    assert "Pause between two 45 seconds → 30 seconds" in said
    form = await web.get("/settings", headers=bearer() | MAIN)
    assert 'name="pacing.gap" type="text" value="30"' in form.text


async def test_nothing_is_restored_over_what_was_saved_meanwhile(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    await save(web, 0, pacing__gap=["30"])
    await save(web, 1, pacing__gap=["45"])
    answer = await restore(web, 1, on_top_of=1)
    assert answer.status_code == 409
    assert "Somebody has saved a newer version meanwhile" in words(answer)
    assert "Version 3" not in words(answer)


async def test_version_that_would_not_be_allowed_today_says_why(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    async with alba.doors.data.tenant(ALBA) as connection:
        await connection.execute(
            "INSERT INTO settings_versions VALUES ($1, 1, $2, $3, now())",
            ALBA,
            '{"where": {"pages": []}}',
            ANA,
        )
    await save(web, 0)
    async with alba.doors.data.tenant(ALBA) as connection:
        await connection.execute("UPDATE settings SET version = 2 WHERE shop = $1", ALBA)
    answer = await restore(web, 1, on_top_of=2)
    assert answer.status_code == 422
    assert "Version 1 cannot come back: Choose at least one kind of page." in words(answer)


@pytest.mark.parametrize("number", ["0", "9", "99999999999999999999", "-1", "x"])
async def test_version_that_never_was_cannot_come_back(
    web: httpx.AsyncClient, alba: Chain, number: str
) -> None:
    await save(web, 0)
    path = f"/settings/versions/{number}/restoration"
    answer = await web.post(path, data={"on_top_of": "1"}, headers=bearer() | FRAGMENT)
    assert answer.status_code == 404


async def test_versions_come_in_pages(web: httpx.AsyncClient, alba: Chain) -> None:
    for version in range(22):
        await save(web, version, pacing__gap=[str(version)])
    first = await web.get("/settings/versions", headers=bearer() | MAIN)
    assert first.text.count('<li id="settings-version-') == 20
    assert 'href="/settings/versions?before=3"' in first.text
    rest = await shown(web, "/settings/versions?before=3")
    assert "Version 2" in rest
    assert "Version 1" in rest
    assert "Version 3" not in rest
    assert (
        await web.get("/settings/versions?before=0", headers=bearer() | MAIN)
    ).status_code == 400


async def test_other_shop_sees_and_restores_none_of_it(web: httpx.AsyncClient, alba: Chain) -> None:
    await alba.install(BOREALIS)
    await named(alba, ANA, "Ana Moreau")
    await save(web, 0, pacing__gap=["30"])
    await save(web, 1, pacing__gap=["45"])
    said = await shown(web, "/settings/versions", BOREALIS)
    assert "Nothing saved yet" in said
    assert "Ana" not in said
    assert (await restore(web, 1, 0, shop=BOREALIS)).status_code == 404
    answer = await save(web, 0, shop=BOREALIS, paused=["yes"])
    assert answer.status_code == 200
    assert "Version 2" in await shown(web, "/settings/versions")


async def test_example_tells_what_the_settings_let_it(web: httpx.AsyncClient, alba: Chain) -> None:
    assert "Someone bought Your product" in await shown(web)
    await save(
        web, 0, privacy__name=["first-name"], privacy__place=["town"], privacy__understood=["yes"]
    )
    assert "Camille in Lyon bought Your product" in await shown(web)
