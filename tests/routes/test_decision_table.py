"""Shopify's decision table for requests of an embedded app, row by row.

Left out: that bots are answered 410, which only the JavaScript library does. They meet the page
that says where Earshot opens.
"""

import base64
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from app.doors import Doors
from app.routes import identity
from sandbox.shopify.stand_in import StandIn
from tests.cast import ALBA, API_KEY, BOREALIS, bearer, id_token
from tests.routes.conftest import asking
from tests.routes.test_identity import RETRY

REAUTHORIZE = "x-shopify-api-request-failure-reauthorize-url"
LEAVING = "https://earshot.example/auth/start?shop=" + ALBA
IN_ADMIN = f"https://admin.shopify.com/store/alba-ceramics/apps/{API_KEY}"
BOUNCE = {"X-Shopify-Bounce": "1"}
PAGE = {"Accept": "text/html"}


def host(text: str = "admin.shopify.com/store/alba-ceramics") -> str:
    return base64.b64encode(text.encode()).decode().rstrip("=")


def frame(**changes: str | None) -> dict[str, str]:
    """The query of the frame that Shopify opens, but for the changes."""
    query = {
        "embedded": "1",
        "hmac": "0" * 64,
        "host": host(),
        "id_token": id_token(),
        "locale": "en",
        "session": "5e551011",
        "shop": ALBA,
        "timestamp": str(int(time.time())),
    } | changes
    return {name: value for name, value in query.items() if value is not None}


def ancestors(answer: httpx.Response) -> str:
    policy = answer.headers["content-security-policy"]
    return str(policy).split("frame-ancestors ")[1].split(";")[0]


# No Authorization: a document ---------------------------------------------------------------------


async def test_a_frame_with_a_good_token_is_answered_with_the_page(web: httpx.AsyncClient) -> None:
    answer = await web.get("/", params=frame())
    assert answer.status_code == 200
    assert ancestors(answer) == f"https://{ALBA} https://admin.shopify.com"
    assert "app-bridge.js" in answer.headers["link"]
    assert answer.headers["cache-control"] == "no-store"


async def test_a_page_without_app_bridge_does_not_have_it_fetched(web: httpx.AsyncClient) -> None:
    answer = await web.get("/nowhere", params=frame(), headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert "app-bridge.js" not in answer.text
    assert "link" not in answer.headers


@pytest.mark.parametrize("token", [None, "", "undefined", id_token(exp=int(time.time()) - 11)])
async def test_a_frame_without_a_good_token_bounces_with_all_but_the_token(
    web: httpx.AsyncClient, token: str | None
) -> None:
    asked = frame(id_token=token)
    answer = await web.get("/", params=asked)
    assert answer.status_code == 302
    target = urlsplit(answer.headers["location"])
    assert target.path == "/auth/session-token"
    query = parse_qs(target.query)
    reload = urlsplit(query.pop("shopify-reload")[0])
    kept = {name: [value] for name, value in asked.items() if name != "id_token"}
    assert query == kept
    assert (reload.path, parse_qs(reload.query)) == ("/", kept)
    assert "id_token" not in answer.headers["location"]


async def test_two_tokens_are_as_good_as_none(web: httpx.AsyncClient) -> None:
    query: list[tuple[str, Any]] = [*frame().items(), ("id_token", id_token(BOREALIS))]
    answer = await web.get("/", params=query)
    assert answer.status_code == 302
    assert "id_token" not in answer.headers["location"]


async def test_the_token_of_another_shop_opens_nothing(web: httpx.AsyncClient) -> None:
    answer = await web.get("/", params=frame(id_token=id_token(BOREALIS)))
    assert answer.status_code == 302
    assert answer.headers["location"].startswith("/auth/session-token?")


@pytest.mark.parametrize(
    "query",
    [
        {"shop": ALBA},
        {"shop": ALBA, "embedded": "0"},
        {"shop": ALBA, "host": host("evil.example/store/x")},
        {"host": host()},
        {"host": host(f"{ALBA}/admin")},
    ],
)
async def test_outside_of_the_frame_a_page_opens_inside_the_admin(
    web: httpx.AsyncClient, query: dict[str, str]
) -> None:
    answer = await web.get("/", params=query, headers=PAGE)
    assert answer.status_code == 302
    assert answer.headers["location"] == IN_ADMIN


def test_each_page_has_its_place_in_the_admin(opened: Doors) -> None:
    assert identity.in_admin(opened.settings, ALBA) == IN_ADMIN
    assert identity.in_admin(opened.settings, ALBA, "/settings") == f"{IN_ADMIN}/settings"
    assert identity.in_admin(opened.settings, ALBA, "/a b?c") == f"{IN_ADMIN}/a%20b%3Fc"


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"shop": "evil.example", "host": host()},
        {"shop": f"{ALBA}\n"},
        {"shop": ALBA.upper()},
        {"shop": "evil.myshopify.com.attacker.io"},
        [("shop", ALBA), ("shop", ALBA)],
        {"host": host("evil.example/admin")},
        {"host": "%00"},
    ],
)
async def test_without_a_shop_a_page_says_where_it_opens(
    web: httpx.AsyncClient, query: Any
) -> None:
    answer = await web.get("/", params=query, headers=PAGE)
    assert answer.status_code == 400
    assert "inside the Shopify admin" in answer.text
    assert ancestors(answer) == "'none'"


# Authorization: a fetch ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "authorization", ["Bearer undefined", "Bearer", "Basic YTpi", "bearer x", "", "Bearer a.b.c"]
)
async def test_a_fetch_with_another_authorization_gets_a_new_token_and_asks_again(
    web: httpx.AsyncClient, authorization: str
) -> None:
    for path in ("/", "/live", "/api/v1/settings"):
        answer = await web.get(path, headers={"Authorization": authorization}, params=frame())
        assert answer.status_code == 401, path
        assert answer.headers[RETRY] == "1"
        assert "location" not in answer.headers


async def test_a_fetch_with_a_good_token_goes_on(web: httpx.AsyncClient) -> None:
    assert (await web.get("/", headers=bearer())).status_code == 200


async def test_after_the_bounce_the_whole_document_comes(web: httpx.AsyncClient) -> None:
    """Also where htmx's own headers would ask for a part."""
    as_htmx = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "main#main"}
    for more in ({}, as_htmx, {**as_htmx, "HX-Target": "div#x"}):
        answer = await web.get("/", params=frame(), headers={**bearer(), **BOUNCE, **more})
        assert answer.status_code == 200
        assert answer.text.lstrip().startswith(("<!doctype html>", "{#"))
        assert "</html>" in answer.text
        assert ancestors(answer) == f"https://{ALBA} https://admin.shopify.com"


async def test_after_the_bounce_a_bad_token_is_a_fetchs(web: httpx.AsyncClient) -> None:
    answer = await web.get("/", headers={"Authorization": "Bearer x", **BOUNCE, **PAGE})
    assert answer.status_code == 401
    assert answer.headers[RETRY] == "1"


# Shopify no longer takes the token for an exchange ------------------------------------------------


_OLD = "a client secret from before a rotation"


@pytest.fixture
async def rotated(opened: Doors, stand_in: StandIn) -> AsyncIterator[httpx.AsyncClient]:
    """Earshot still takes tokens of the old secret, and Shopify does not."""
    stand_in.reset()
    settings = replace(opened.settings, shopify_api_secret_previous=_OLD)
    async with asking(replace(opened, settings=settings)) as client:
        yield client
    stand_in.reset()


async def test_a_document_whose_token_shopify_refuses_bounces(rotated: httpx.AsyncClient) -> None:
    answer = await rotated.get("/", params=frame(id_token=id_token(secret=_OLD)))
    assert answer.status_code == 302
    assert answer.headers["location"].startswith("/auth/session-token?")


async def test_a_fetch_whose_token_shopify_refuses_gets_another(rotated: httpx.AsyncClient) -> None:
    answer = await rotated.get("/", headers=bearer(secret=_OLD))
    assert answer.status_code == 401
    assert answer.headers[RETRY] == "1"


# Out of the frame ---------------------------------------------------------------------------------


@pytest.fixture
async def wanting(opened: Doors, stand_in: StandIn) -> AsyncIterator[httpx.AsyncClient]:
    """An Earshot that needs more than Shopify grants by an exchange."""
    stand_in.reset()
    settings = replace(opened.settings, shopify_scopes=("read_orders", "read_themes"))
    async with asking(replace(opened, settings=settings)) as client:
        yield client
    stand_in.reset()


async def test_a_fetch_that_has_to_leave_the_frame_tells_app_bridge(
    wanting: httpx.AsyncClient,
) -> None:
    answer = await wanting.get("/", headers=bearer())
    assert answer.status_code == 401
    assert answer.headers[REAUTHORIZE] == LEAVING
    assert RETRY not in answer.headers


@pytest.mark.parametrize("is_bounced", [False, True])
async def test_a_document_that_has_to_leave_the_frame_does(
    wanting: httpx.AsyncClient, is_bounced: bool
) -> None:
    headers = {**bearer(), **BOUNCE} if is_bounced else {}
    answer = await wanting.get("/", params=frame(), headers=headers)
    assert answer.status_code == 200
    assert f'data-api-key="{API_KEY}"' in answer.text
    assert f'data-location="{LEAVING}"' in answer.text
    assert ancestors(answer) == f"https://{ALBA} https://admin.shopify.com"
    # The page's own policy lets no script between tags run.
    assert "<script>" not in answer.text
    assert "'unsafe-inline'" not in answer.headers["content-security-policy"].split("style-src")[0]


async def test_leaving_the_frame_is_no_loop(wanting: httpx.AsyncClient) -> None:
    assert (await wanting.get("/", headers=bearer())).status_code == 401
    for _ in range(2):
        answer = await wanting.get("/", params=frame())
        assert answer.status_code == 200
        assert "read_themes" in answer.text
        assert "data-location" not in answer.text


async def test_another_shop_is_asked_for_itself(wanting: httpx.AsyncClient) -> None:
    await wanting.get("/", headers=bearer(ALBA))
    answer = await wanting.get("/", headers=bearer(BOREALIS))
    assert answer.headers[REAUTHORIZE].endswith(f"?shop={BOREALIS}")


async def test_who_has_granted_all_stays(web: httpx.AsyncClient) -> None:
    answer = await web.get("/", params=frame())
    assert "data-location" not in answer.text
    assert REAUTHORIZE not in answer.headers


# HEAD and OPTIONS ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/health/live", "/api/schema", "/static/icon.svg"])
async def test_head_is_get_without_a_body(web: httpx.AsyncClient, path: str) -> None:
    for headers in ({}, bearer()):
        head = await web.request("HEAD", path, params=frame(), headers=headers)
        get = await web.get(path, params=frame(), headers=headers)
        assert head.status_code == get.status_code
        assert head.headers["content-type"] == get.headers["content-type"]
        assert head.content == b""


async def test_head_of_a_stream_ends(web: httpx.AsyncClient) -> None:
    await web.get("/", headers=bearer())
    answer = await web.request("HEAD", "/live", headers=bearer(), timeout=5)
    assert (answer.status_code, answer.content) == (200, b"")


async def test_any_origin_may_ask_whether_it_may_use_the_api(web: httpx.AsyncClient) -> None:
    headers = {
        "Origin": "https://extensions.shopifycdn.com",
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "authorization,if-match",
    }
    answer = await web.options("/api/v1/settings", headers=headers)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-max-age"] == "7200"
    assert {"Authorization", "If-Match"} <= set(
        answer.headers["access-control-allow-headers"].split(", ")
    )
    assert "access-control-allow-credentials" not in answer.headers


async def test_any_origin_may_read_the_api_with_a_token(web: httpx.AsyncClient) -> None:
    await web.get("/", headers=bearer())
    for headers, status in ((bearer(), 200), ({}, 401)):
        answer = await web.get("/api/v1/settings", headers=headers)
        assert answer.status_code == status
        assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", ["/", "/live"])
async def test_no_other_origin_may_read_a_page(web: httpx.AsyncClient, path: str) -> None:
    answer = await web.options(path, headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answer.headers
    answer = await web.get("/", params=frame(), headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/auth/session-token", "/auth/start", "/api/v1/settings"])
async def test_no_answer_sets_a_cookie(web: httpx.AsyncClient, path: str) -> None:
    for headers in ({}, bearer()):
        answer = await web.get(path, params=frame(id_token=None), headers=headers)
        assert "set-cookie" not in answer.headers


# What may frame a document, whatever it says ------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/nowhere", {}, 404),
        ("/nowhere", {"Authorization": "Bearer x"}, 404),
        ("/api/v1/settings", {}, 401),
        ("/auth/callback", {}, 400),
        ("/static/nothing.css", {}, 404),
        ("/", {"Authorization": "Bearer x"}, 401),
    ],
)
async def test_a_problem_may_be_framed_by_the_shop_that_asks_and_nobody_else(
    web: httpx.AsyncClient, path: str, headers: dict[str, str], status: int
) -> None:
    for shop in (ALBA, BOREALIS):
        asked = frame(shop=shop, id_token=None)
        answer = await web.get(path, params=asked, headers={**PAGE, **headers})
        assert answer.status_code == status
        assert ancestors(answer) == f"https://{shop} https://admin.shopify.com"


async def test_a_problem_without_a_query_is_framed_by_the_tokens_shop(
    web: httpx.AsyncClient,
) -> None:
    answer = await web.get("/nowhere", headers={**PAGE, **bearer(BOREALIS)})
    assert ancestors(answer) == f"https://{BOREALIS} https://admin.shopify.com"


@pytest.mark.parametrize("shop", ["evil.example", f"{ALBA} https://evil.example", "*", f"{ALBA};"])
async def test_a_problem_is_framed_by_no_site_that_is_no_shop(
    web: httpx.AsyncClient, shop: str
) -> None:
    answer = await web.get("/nowhere", params={"shop": shop}, headers=PAGE)
    assert ancestors(answer) == "'none'"
    bounce = await web.get(
        "/auth/session-token", params={"shop": shop, "shopify-reload": "/"}, headers=PAGE
    )
    assert ancestors(bounce) == "'none'"
