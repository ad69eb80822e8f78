import base64
import json
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest

from app.doors import Doors
from tests.cast import ALBA, API_KEY, API_SECRET, BOREALIS, bearer, id_token
from tests.hostile import NO_SHOPS

RETRY = "x-shopify-retry-invalid-session-request"
SETTINGS = "/api/v1/settings"
NOW = int(time.time())


def _without(claim: str) -> str:
    nothing: dict[str, Any] = {claim: None}
    return id_token(ALBA, **nothing)


def _of(dest: str) -> str:
    """A token that is right in all but whose shop it names."""
    return id_token(dest=dest, iss=f"{dest}/admin")


def _altered(token: str, **header: str) -> str:
    """The same claims and signature behind another header."""
    claims, signature = token.split(".")[1:]
    raw = json.dumps({"alg": "HS256", "typ": "JWT"} | header).encode()
    return f"{base64.urlsafe_b64encode(raw).rstrip(b'=').decode()}.{claims}.{signature}"


def _hostile() -> dict[str, str]:
    """Every way in which a token may be wrong, by name."""
    claims = {"iss", "dest", "aud", "sub", "exp", "nbf", "iat", "jti"}
    good = jwt.decode(id_token(), options={"verify_signature": False})
    return {
        **{f"dest {shop!r}": _of(f"https://{shop}") for shop in NO_SHOPS},
        "dest over http": _of(f"http://{ALBA}"),
        "dest with a path": _of(f"https://{ALBA}/x"),
        "dest of the admin": _of("https://admin.shopify.com"),
        "alg none, but signed": _altered(id_token(), alg="none"),
        "alg in lower case": _altered(id_token(), alg="hs256"),
        "alg of keys in pairs": _altered(id_token(), alg="RS256"),
        "a signature cut short": id_token()[:-2],
        "without a signature": id_token().rpartition(".")[0] + ".",
        "a newline behind it": id_token() + "\n",
        "audience in upper case": id_token(aud=API_KEY.upper()),
        "no audience at all": id_token(aud=""),
        "a list of its audience": id_token(aud=[API_KEY]),
        "not valid for 11 seconds yet": id_token(nbf=NOW + 3600 + 11),
        "expires as a word": id_token(exp="soon"),
        "expires nowhere": id_token(exp=float("nan")),
        "issued by its dest in upper case": id_token(iss=f"https://{ALBA.upper()}/admin"),
        "issued with a slash more": id_token(iss=f"https://{ALBA}/admin/"),
        "sub of other digits": id_token(sub="٤٢"),
        "sub with a newline": id_token(sub="42\n"),
        "forged": id_token(secret="somebody-else's-secret-of-enough-length"),
        "alg none": jwt.encode(good, "", algorithm="none"),
        "HS512": jwt.encode(good, API_SECRET * 2, algorithm="HS512"),
        "expired by 11 seconds": id_token(exp=NOW - 11),
        "not yet valid": id_token(nbf=NOW + 3600),
        "issued in the future": id_token(iat=NOW + 3600),
        "other audience": id_token(aud="f" * 32),
        "several audiences": id_token(aud=[API_KEY, "f" * 32]),
        "issued for another shop": id_token(iss=f"https://{BOREALIS}/admin"),
        "iss without admin": id_token(iss=f"https://{ALBA}"),
        "dest without https": id_token(dest=ALBA),
        "dest not Shopify": id_token(dest="https://evil.example", iss="https://evil.example/admin"),
        "dest with a tail": id_token(
            dest=f"https://{ALBA}.attacker.io", iss=f"https://{ALBA}.attacker.io/admin"
        ),
        "dest in upper case": id_token(
            dest=f"https://{ALBA.upper()}", iss=f"https://{ALBA.upper()}/admin"
        ),
        "dest with a newline": id_token(dest=f"https://{ALBA}\n", iss=f"https://{ALBA}\n/admin"),
        "sub no number": id_token(sub="gid://shopify/User/42"),
        "not a token": "undefined",
        "empty": "",
        "three dots": "a.b.c",
    } | {f"without {claim}": _without(claim) for claim in sorted(claims)}


@pytest.mark.parametrize("name", sorted(_hostile()))
async def test_a_hostile_token_is_refused_with_the_retry_header(
    web: httpx.AsyncClient, name: str
) -> None:
    header = {b"Authorization": f"Bearer {_hostile()[name]}".encode()}
    for path in ("/", "/live", SETTINGS):
        answer = await web.get(path, headers=header)
        assert answer.status_code == 401, path
        assert answer.headers[RETRY] == "1"


@pytest.mark.parametrize("header", ["Basic YW5hOmFuYQ==", "Bearer", "Bearer undefined", "", "x"])
async def test_another_kind_of_authorization_is_refused(
    web: httpx.AsyncClient, header: str
) -> None:
    answer = await web.get(SETTINGS, headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers[RETRY] == "1"


async def test_a_token_of_another_shop_than_the_query_names_is_refused(
    web: httpx.AsyncClient,
) -> None:
    answer = await web.get(SETTINGS, params={"shop": BOREALIS}, headers=bearer(ALBA))
    assert answer.status_code == 401
    assert answer.headers[RETRY] == "1"


async def test_a_token_just_expired_is_allowed_for_the_difference_of_clocks(
    web: httpx.AsyncClient,
) -> None:
    answer = await web.get("/", headers=bearer(exp=int(time.time()) - 5))
    assert answer.status_code == 200


async def test_only_the_page_installs_a_shop(web: httpx.AsyncClient, opened: Doors) -> None:
    for path in ("/live", SETTINGS):
        assert (await web.get(path, headers=bearer())).status_code == 404
    assert (await web.put(SETTINGS, json={}, headers=bearer())).status_code == 404
    async with opened.data.system() as connection:
        assert await connection.fetchval("SELECT count(*) FROM shops") == 0


async def test_no_cookie_authenticates_anything(web: httpx.AsyncClient) -> None:
    answer = await web.get(
        SETTINGS, headers={"Cookie": f"session={id_token()}; id_token={id_token()}"}
    )
    assert answer.status_code == 401


async def test_a_token_in_the_query_opens_no_fetch(web: httpx.AsyncClient) -> None:
    """Only documents carry it there: a link could not ask for anything else."""
    answer = await web.get(SETTINGS, params={"id_token": id_token()})
    assert answer.status_code == 401


async def test_the_first_page_opens_with_the_token_of_the_frame(web: httpx.AsyncClient) -> None:
    answer = await web.get("/", params=_frame(id_token()))
    assert answer.status_code == 200
    assert "Latest notifications" in answer.text


async def test_a_page_may_be_framed_by_its_own_shop_and_the_admin(
    web: httpx.AsyncClient,
) -> None:
    for shop in (ALBA, BOREALIS):
        answer = await web.get("/", params=_frame(id_token(shop), shop))
        assert (
            f"frame-ancestors https://{shop} https://admin.shopify.com;"
            in answer.headers["content-security-policy"]
        )
        assert "x-frame-options" not in answer.headers


async def test_a_problem_is_shown_inside_the_frame_too(web: httpx.AsyncClient) -> None:
    answer = await web.get("/nowhere", params=_frame(None), headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert f"frame-ancestors https://{ALBA} " in answer.headers["content-security-policy"]


@pytest.mark.parametrize("token", [None, "undefined", id_token(exp=NOW - 3600)])
async def test_a_document_without_a_good_token_bounces(
    web: httpx.AsyncClient, token: str | None
) -> None:
    answer = await web.get("/", params=_frame(token))
    assert answer.status_code == 302
    target = urlsplit(answer.headers["location"])
    assert target.path == "/auth/session-token"
    query = parse_qs(target.query)
    assert query["shopify-reload"] == [f"/?embedded=1&host=YWRtaW4&shop={ALBA}"]
    assert "id_token" not in query


async def test_the_bounce_page_loads_app_bridge_and_nothing_else(web: httpx.AsyncClient) -> None:
    answer = await web.get(
        "/auth/session-token", params={"shop": ALBA, "shopify-reload": f"/?shop={ALBA}"}
    )
    assert answer.status_code == 200
    assert f'data-api-key="{API_KEY}"' in answer.text
    assert f"frame-ancestors https://{ALBA} " in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "", "javascript:x"]
)
async def test_the_bounce_page_leads_nowhere_else(web: httpx.AsyncClient, target: str) -> None:
    answer = await web.get("/auth/session-token", params={"shop": ALBA, "shopify-reload": target})
    assert answer.status_code == 400


async def test_the_bounce_page_names_no_shop_that_cannot_be_one(web: httpx.AsyncClient) -> None:
    answer = await web.get(
        "/auth/session-token", params={"shop": "x; script-src *", "shopify-reload": "/"}
    )
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


async def test_a_fetch_after_the_bounce_gets_the_whole_page(web: httpx.AsyncClient) -> None:
    answer = await web.get("/", headers=bearer() | {"X-Shopify-Bounce": "1"})
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith("<!doctype html>")


async def test_outside_of_the_admin_the_page_leads_into_it(web: httpx.AsyncClient) -> None:
    answer = await web.get("/", params={"shop": ALBA})
    assert answer.status_code == 302
    assert (
        answer.headers["location"]
        == f"https://admin.shopify.com/store/alba-ceramics/apps/{API_KEY}"
    )


@pytest.mark.parametrize("shop", [None, "evil.example", "alba-ceramics.myshopify.com.evil.example"])
async def test_without_a_shop_the_page_says_where_to_open_it(
    web: httpx.AsyncClient, shop: str | None
) -> None:
    answer = await web.get("/", params={"shop": shop} if shop else {})
    assert answer.status_code == 400
    assert "inside the Shopify admin" in answer.text
    assert "evil" not in answer.headers.get("location", "")


async def test_opening_the_page_installs_the_shop_once(
    web: httpx.AsyncClient, opened: Doors
) -> None:
    for _ in range(2):
        await web.get("/", headers=bearer())
    async with opened.data.system() as connection:
        shops = await connection.fetch("SELECT shop, state FROM shops")
        audit = await connection.fetch("SELECT actor, action FROM audit_log")
    assert [tuple(row) for row in shops] == [(ALBA, "installed")]
    assert [tuple(row) for row in audit] == [("42", "installed")]


def _frame(token: str | None, shop: str = ALBA) -> dict[str, str]:
    query = {"embedded": "1", "host": "YWRtaW4", "shop": shop}
    return query | ({"id_token": token} if token is not None else {})
