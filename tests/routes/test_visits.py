"""A merchant may come in by any page: typed in, bookmarked, or in a link that a colleague sent."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

import httpx
import pytest

from app.data import credentials, staff
from app.doors import Doors
from app.main import create_web
from app.views import navigation
from sandbox.shopify.stand_in import StandIn
from tests.cast import ALBA, BOREALIS, bearer, id_token
from tests.routes.conftest import asking
from tests.routes.test_decision_table import LEAVING, frame
from tests.routes.test_identity import RETRY

LINK = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "main#main"}
BACK = {"HX-Request": "true", "HX-Request-Type": "full", "HX-History-Restore-Request": "true"}
PART = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#x"}
PATHS = [
    "/",
    "/notifications",
    "/rules",
    "/settings",
    "/settings/versions",
    "/api-keys",
    "/data-requests",
    "/dead-letters",
]


async def _shops(doors: Doors) -> list[str]:
    async with doors.data.system() as connection:
        return [row["shop"] for row in await connection.fetch("SELECT shop FROM shops")]


@pytest.fixture(params=PATHS)
def path(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_entry_of_the_navigation_is_tried(opened: Doors) -> None:
    routes = {route.path for route in create_web(opened).routes}
    assert {entry.path for entry in navigation.ENTRIES} & routes <= {*PATHS}


async def test_the_first_page_installs_whichever_it_is(
    web: httpx.AsyncClient, opened: Doors, stand_in: StandIn, path: str
) -> None:
    stand_in.reset()
    answer = await web.get(path, params=frame())
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith("<!doctype html>")
    assert await _shops(opened) == [ALBA]
    async with opened.data.tenant(ALBA) as connection:
        assert await credentials.standing(connection, ALBA) is not None


async def test_what_app_bridge_fetches_after_the_bounce_installs_too(
    web: httpx.AsyncClient, opened: Doors, path: str
) -> None:
    answer = await web.get(path, headers=bearer() | LINK | {"X-Shopify-Bounce": "1"})
    assert answer.status_code == 200
    assert await _shops(opened) == [ALBA]


@pytest.mark.parametrize("headers", [LINK, BACK, PART], ids=["link", "back", "part"])
@pytest.mark.parametrize("path", [each for each in PATHS if each != "/"])
async def test_a_link_inside_the_app_installs_nothing(
    web: httpx.AsyncClient, opened: Doors, path: str, headers: dict[str, str]
) -> None:
    answer = await web.get(path, headers=bearer() | headers)
    assert answer.status_code == 404
    assert await _shops(opened) == []


async def test_only_the_shop_of_the_token_is_installed(
    web: httpx.AsyncClient, opened: Doors, path: str
) -> None:
    asked = frame(shop=BOREALIS, id_token=id_token(ALBA))
    assert (await web.get(path, params=asked)).status_code == 302
    assert await _shops(opened) == []


async def test_a_page_opens_while_shopify_is_away(opened: Doors, path: str) -> None:
    settings = replace(opened.settings, shopify_shop_url="http://127.0.0.1:9/{shop}")
    async with asking(replace(opened, settings=settings)) as web:
        assert (await web.get(path, params=frame())).status_code == 200


async def test_a_page_that_needs_more_access_leads_to_it(
    opened: Doors, stand_in: StandIn, path: str
) -> None:
    stand_in.reset()
    settings = replace(opened.settings, shopify_scopes=("read_orders", "read_themes"))
    async with asking(replace(opened, settings=settings)) as web:
        answer = await web.get(path, params=frame())
        assert f'data-location="{LEAVING}"' in answer.text
        assert "data-location" not in (await web.get(path, params=frame())).text


async def test_a_page_whose_token_shopify_does_not_take_comes_back_to_itself(
    opened: Doors, stand_in: StandIn, path: str
) -> None:
    stand_in.reset()
    old = "a client secret from before a rotation"
    settings = replace(opened.settings, shopify_api_secret_previous=old)
    async with asking(replace(opened, settings=settings)) as web:
        answer = await web.get(path, params=frame(id_token=id_token(secret=old)))
        assert answer.status_code == 302
        target = answer.headers["location"]
        assert urlsplit(target).path == "/auth/session-token"
        assert f"shopify-reload={path.replace('/', '%2F')}%3F" in target
        answer = await web.get(path, headers=bearer(secret=old))
        assert (answer.status_code, answer.headers[RETRY]) == (401, "1")


async def test_who_comes_in_is_known_by_name_afterwards(
    web: httpx.AsyncClient, opened: Doors, stand_in: StandIn, path: str
) -> None:
    stand_in.reset()
    owner = stand_in.world.shop(ALBA).owner
    await web.get(path, params=frame(id_token=id_token(sub=str(owner.id))))
    async with opened.data.tenant(ALBA) as connection:
        assert await staff.name_of(connection, ALBA, str(owner.id)) == owner.name


async def test_an_address_that_is_none_leads_back_home(
    web: httpx.AsyncClient, opened: Doors, stand_in: StandIn
) -> None:
    stand_in.reset()
    answer = await web.get("/nowhere", params=frame(), headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "No page has this address." in answer.text
    way = re.search('href="(/[?][^"]+)"', answer.text)
    assert way is not None
    assert f"shop={ALBA}" in way[1]
    assert "id_token" not in way[1]
