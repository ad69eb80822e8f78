"""ID tokens, the frame's query and the token endpoint."""

import hashlib
import hmac
import time
import uuid
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import jwt
import pytest

from tests.sandbox.conftest import ALBA, API_SECRET, BOREALIS, Standing

CLIENT = {"client_id": "the-key", "client_secret": API_SECRET}
EXCHANGE = {
    "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
    "subject_token_type": "urn:ietf:params:oauth:token-type:id_token",
    "requested_token_type": "urn:shopify:params:oauth:token-type:offline-access-token",
    "expiring": "1",
}


async def id_token(shopify: Standing, **wish: object) -> str:
    answer = await shopify.control("tokens", **{"shop": ALBA, **wish})
    return str(answer.json()["id_token"])


async def ask(shopify: Standing, shop: str = ALBA, **body: object) -> httpx.Response:
    address = f"/shops/{shop}/admin/oauth/access_token"
    return await shopify.admin.post(address, json={**CLIENT, **body})


async def exchange(shopify: Standing) -> dict[str, Any]:
    answer = await ask(shopify, **EXCHANGE, subject_token=await id_token(shopify))
    assert answer.status_code == 200, answer.text
    pair: dict[str, Any] = answer.json()
    return pair


async def refresh(shopify: Standing, token: str) -> httpx.Response:
    return await ask(shopify, grant_type="refresh_token", refresh_token=token)


async def is_let_in(shopify: Standing, token: str, shop: str = ALBA) -> bool:
    answer = await shopify.admin.post(
        f"/shops/{shop}/admin/api/2026-10/graphql.json",
        headers={"X-Shopify-Access-Token": token},
        json={"query": "{ shop { name } }"},
    )
    return answer.status_code == 200


async def test_id_token_has_the_documented_claims(shopify: Standing) -> None:
    answer = await shopify.admin.get("/_admin/id-token", params={"shop": ALBA})
    token = answer.json()["id_token"]
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "typ": "JWT"}
    claims = jwt.decode(token, API_SECRET, algorithms=["HS256"], audience="the-key")
    assert claims["iss"] == f"https://{ALBA}/admin"
    assert claims["dest"] == f"https://{ALBA}"
    assert claims["sub"].isdecimal()
    assert claims["exp"] - claims["iat"] == 60
    assert claims["nbf"] == claims["iat"]
    uuid.UUID(claims["jti"])
    assert claims["sid"]


async def test_tokens_on_request_can_be_wrong(shopify: Standing) -> None:
    unsigned = await id_token(shopify, alg="none", overrides={"aud": "other", "sid": None})
    claims = jwt.decode(unsigned, options={"verify_signature": False})
    assert (claims["aud"], "sid" in claims) == ("other", False)
    stale = await id_token(shopify, expires_in=-30)
    with pytest.raises(jwt.ExpiredSignatureError):
        jwt.decode(stale, API_SECRET, algorithms=["HS256"], audience="the-key")
    forged = await id_token(shopify, secret="another secret, but as long as it should be")
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(forged, API_SECRET, algorithms=["HS256"], audience="the-key")


async def test_frame_has_a_signed_query(shopify: Standing) -> None:
    page = await shopify.admin.get("/store/alba-ceramics/apps/the-key/rules?tab=2")
    address = page.text.split('<iframe id="app"')[1].split('src="')[1].split('"')[0]
    parts = urlsplit(address.replace("&amp;", "&"))
    query = dict(parse_qsl(parts.query))
    assert parts.path == "/rules"
    assert query.pop("tab") == "2"
    signature = query.pop("hmac")
    text = urlencode(sorted(query.items())).replace("+", "%20")
    expected = hmac.new(API_SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
    assert signature == expected
    assert set(query) == {
        *("embedded", "host", "id_token", "locale", "session", "shop", "timestamp"),
    }


async def test_exchange_gives_an_expiring_pair(shopify: Standing) -> None:
    pair = await exchange(shopify)
    assert (pair["expires_in"], pair["refresh_token_expires_in"]) == (3600, 7_776_000)
    assert "read_orders" in pair["scope"]
    assert await is_let_in(shopify, pair["access_token"])
    assert not await is_let_in(shopify, pair["access_token"], BOREALIS)
    assert not await is_let_in(shopify, "shpat_guess")


@pytest.mark.parametrize(
    "wish",
    [
        {"expires_in": -60},
        {"secret": "another secret, but as long as it should be"},
        {"alg": "none"},
        {"shop": BOREALIS},
        {"overrides": {"aud": "other"}},
    ],
)
async def test_bad_subject_token_is_refused(shopify: Standing, wish: dict[str, object]) -> None:
    answer = await ask(shopify, **EXCHANGE, subject_token=await id_token(shopify, **wish))
    assert answer.status_code == 400
    assert answer.json()["error"] == "invalid_subject_token"


async def test_wrong_client_is_refused(shopify: Standing) -> None:
    answer = await ask(shopify, **EXCHANGE, client_secret="wrong")
    assert answer.json()["error"] == "invalid_client"


async def test_new_exchange_ends_the_earlier_pair(shopify: Standing) -> None:
    first = await exchange(shopify)
    second = await exchange(shopify)
    assert not await is_let_in(shopify, first["access_token"])
    assert await is_let_in(shopify, second["access_token"])


async def test_refresh_rotates_both_tokens(shopify: Standing) -> None:
    first = await exchange(shopify)
    second = (await refresh(shopify, first["refresh_token"])).json()
    assert first["access_token"] != second["access_token"]
    assert first["refresh_token"] != second["refresh_token"]
    assert await is_let_in(shopify, second["access_token"])


async def test_lost_refresh_may_be_asked_for_again(shopify: Standing) -> None:
    first = await exchange(shopify)
    lost = (await refresh(shopify, first["refresh_token"])).json()
    kept = await refresh(shopify, first["refresh_token"])
    assert kept.status_code == 200
    assert (await refresh(shopify, lost["refresh_token"])).json()["error"] == "invalid_grant"


async def test_used_replacement_ends_the_previous_refresh_token(shopify: Standing) -> None:
    first = await exchange(shopify)
    second = (await refresh(shopify, first["refresh_token"])).json()
    assert (await refresh(shopify, second["refresh_token"])).status_code == 200
    answer = await refresh(shopify, first["refresh_token"])
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


async def test_code_grant_comes_back_signed_and_works_once(shopify: Standing) -> None:
    target = f"{shopify.stand_in.options.app_url}/auth/callback"
    query = {"client_id": "the-key", "redirect_uri": target, "state": "abc123"}
    sent = await shopify.admin.get(f"/shops/{ALBA}/admin/oauth/authorize", params=query)
    back = dict(parse_qsl(urlsplit(sent.headers["location"]).query))
    signature = back.pop("hmac")
    text = urlencode(sorted(back.items()))
    assert signature == hmac.new(API_SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
    assert (back["state"], back["shop"]) == ("abc123", ALBA)
    assert abs(int(back["timestamp"]) - time.time()) < 5
    first = await ask(shopify, code=back["code"], expiring="1")
    assert "refresh_token" in first.json()
    assert (await ask(shopify, code=back["code"])).status_code == 400


async def test_code_grant_goes_only_to_the_app(shopify: Standing) -> None:
    query = {"client_id": "the-key", "redirect_uri": "https://evil.example/"}
    sent = await shopify.admin.get(f"/shops/{ALBA}/admin/oauth/authorize", params=query)
    assert sent.status_code == 400


async def test_uninstall_ends_all_tokens(shopify: Standing) -> None:
    pair = await exchange(shopify)
    await shopify.control("uninstall", shop=ALBA)
    assert not await is_let_in(shopify, pair["access_token"])
    assert (await refresh(shopify, pair["refresh_token"])).json()["error"] == "invalid_client"
    await shopify.settle()


async def test_rude_tokens_are_stale_but_a_retry_is_fresh(shopify: Standing) -> None:
    await shopify.control("rude", expired_tokens=True)
    lives = []
    for retry in ("0", "0", "1", "1"):
        query = {"shop": ALBA, "retry": retry}
        token = (await shopify.admin.get("/_admin/id-token", params=query)).json()["id_token"]
        claims = jwt.decode(token, options={"verify_signature": False})
        lives.append(claims["exp"] > time.time())
    assert lives.count(False) == 1
    assert lives[2:] == [True, True]
