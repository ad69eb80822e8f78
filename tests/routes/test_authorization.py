"""Installation by the authorization code grant, against the stand-in."""

import hashlib
import hmac
import time
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from app.data import credentials, shops
from app.doors import Doors
from sandbox.shopify.stand_in import StandIn
from tests.cast import ALBA, API_KEY, API_SECRET, BOREALIS

Query = list[tuple[str, str]]


def signed(query: dict[str, str], secret: str = API_SECRET) -> Query:
    text = "&".join(f"{name}={query[name]}" for name in sorted(query))
    digest = hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    return [*query.items(), ("hmac", digest)]


async def begun(web: httpx.AsyncClient, shop: str = ALBA) -> str:
    """The state of a grant that has begun."""
    answer = await web.get("/auth/start", params={"shop": shop})
    return parse_qs(urlsplit(answer.headers["location"]).query)["state"][0]


async def consent(web: httpx.AsyncClient, stand_in: StandIn, **changes: str) -> dict[str, str]:
    """What Shopify would say back, but for the changes."""
    said = {
        "code": stand_in.tokens.issue_code(ALBA),
        "host": "YWRtaW4",
        "shop": ALBA,
        "state": changes.get("state") or await begun(web),
        "timestamp": str(int(time.time())),
    }
    return said | changes


async def called_back(web: httpx.AsyncClient, query: Query) -> httpx.Response:
    return await web.get(f"/auth/callback?{urlencode(query)}")


async def state_of(doors: Doors, shop: str) -> str | None:
    async with doors.data.tenant(shop) as connection:
        return await shops.state(connection, shop)


async def test_the_merchant_is_asked_for_the_scopes(web: httpx.AsyncClient, opened: Doors) -> None:
    answer = await web.get("/auth/start", params={"shop": ALBA})
    assert answer.status_code == 302
    address = answer.headers["location"]
    assert address.startswith(f"{opened.settings.shop_url(ALBA)}/admin/oauth/authorize?")
    query = parse_qs(urlsplit(address).query)
    assert query["client_id"] == [API_KEY]
    assert query["scope"] == ["read_products,read_orders"]
    assert query["redirect_uri"] == ["https://earshot.example/auth/callback"]
    assert len(query["state"][0]) == 64


@pytest.mark.parametrize(
    "query",
    [
        "",
        "shop=",
        "shop=evil.example",
        f"shop={ALBA}.evil.example",
        f"shop={ALBA}%0a",
        f"shop={ALBA.upper()}",
        f"shop={ALBA}&shop={BOREALIS}",
        "shop=https://x.myshopify.com",
        "shop=x.myshopify.com/../evil",
    ],
)
async def test_a_grant_begins_for_a_shop_only(web: httpx.AsyncClient, query: str) -> None:
    answer = await web.get(f"/auth/start?{query}")
    assert answer.status_code == 400
    assert "location" not in answer.headers


async def test_a_consent_installs_the_shop_and_leads_into_its_admin(
    web: httpx.AsyncClient, opened: Doors, stand_in: StandIn
) -> None:
    answer = await called_back(web, signed(await consent(web, stand_in)))
    assert answer.status_code == 302
    assert (
        answer.headers["location"]
        == f"https://admin.shopify.com/store/alba-ceramics/apps/{API_KEY}"
    )
    assert await state_of(opened, ALBA) == "installed"
    async with opened.data.tenant(ALBA) as connection:
        grant = await credentials.find(connection, opened.vault, ALBA)
    assert grant is not None
    assert stand_in.tokens.allows(ALBA, grant.access_token)


async def test_the_way_through_shopify_is_gone_through_whole(
    web: httpx.AsyncClient, opened: Doors, stand_in: StandIn
) -> None:
    """The stand-in signs with code of its own, so a mistake in ours would show."""
    begin = await web.get("/auth/start", params={"shop": ALBA})
    options = stand_in.options
    stand_in.options = replace(options, app_url="https://earshot.example")
    try:
        async with httpx.AsyncClient() as browser:
            agreed = await browser.get(begin.headers["location"])
    finally:
        stand_in.options = options
    assert agreed.status_code == 302
    answer = await web.get(agreed.headers["location"])
    assert answer.status_code == 302
    assert await state_of(opened, ALBA) == "installed"


async def test_a_state_is_good_once(web: httpx.AsyncClient, stand_in: StandIn) -> None:
    said = await consent(web, stand_in)
    assert (await called_back(web, signed(said))).status_code == 302
    again = said | {"code": stand_in.tokens.issue_code(ALBA)}
    assert (await called_back(web, signed(again))).status_code == 400


async def test_a_state_is_good_for_its_shop_only(
    web: httpx.AsyncClient, opened: Doors, stand_in: StandIn
) -> None:
    said = await consent(web, stand_in, state=await begun(web, BOREALIS))
    assert (await called_back(web, signed(said))).status_code == 400
    assert await state_of(opened, ALBA) is None


async def hostile(web: httpx.AsyncClient, stand_in: StandIn) -> dict[str, Query]:
    """Callbacks that did not come from Shopify, not now, or not like this; by name."""
    good = await consent(web, stand_in)
    now = int(time.time())
    return {
        "forged": signed(good, secret="somebody else's"),
        "unsigned": list(good.items()),
        "an empty signature": [*good.items(), ("hmac", "")],
        "a signature in upper case": [
            (k, v.upper() if k == "hmac" else v) for k, v in signed(good)
        ],
        "a signature of other characters": [*good.items(), ("hmac", "é")],
        "a changed shop": [(k, BOREALIS if k == "shop" else v) for k, v in signed(good)],
        "a parameter twice": [*signed(good), ("shop", BOREALIS)],
        "too old": signed(good | {"timestamp": str(now - 91)}),
        "from the future": signed(good | {"timestamp": str(now + 91)}),
        "no number for a time": signed(good | {"timestamp": "soon"}),
        "an endless number for a time": signed(good | {"timestamp": "9" * 400}),
        "a state that is not ours": signed(good | {"state": "0" * 64}),
        "a shop that is none": signed(good | {"shop": "evil.example"}),
        "a shop with a tail": signed(good | {"shop": f"{ALBA}.evil.example"}),
        "a spent code": signed(good | {"code": "spent"}),
    } | {
        f"without {name}": signed({k: v for k, v in good.items() if k != name})
        for name in ("code", "shop", "state", "timestamp")
    }


async def test_a_hostile_callback_installs_nothing(
    web: httpx.AsyncClient, opened: Doors, stand_in: StandIn
) -> None:
    names = list(await hostile(web, stand_in))
    assert len(names) == 19
    for name in names:
        query = (await hostile(web, stand_in))[name]
        answer = await called_back(web, query)
        assert answer.status_code == 400, name
        assert await state_of(opened, ALBA) is None, name
        assert API_SECRET not in answer.text
