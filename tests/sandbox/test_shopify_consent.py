"""What a merchant grants an app, in the admin and at run time, and who that merchant is."""

import json
from typing import Any

import jwt
import pytest

from sandbox.shopify import id_tokens
from tests.sandbox.asking import data
from tests.sandbox.conftest import ALBA, API_SECRET, BOREALIS, Standing

APP = "/store/alba-ceramics/apps/the-key"
DECLARED = ["read_products", "read_orders", "read_customers", "read_inventory", "read_locations"]
SCOPES = "{ currentAppInstallation { accessScopes { handle } } }"
CLIENT = {"client_id": "the-key", "client_secret": API_SECRET}
ONLINE = {
    "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
    "subject_token_type": "urn:ietf:params:oauth:token-type:id_token",
    "requested_token_type": "urn:shopify:params:oauth:token-type:online-access-token",
}


async def granted(shopify: Standing) -> list[str]:
    found = await data(shopify, SCOPES)
    return [one["handle"] for one in found["currentAppInstallation"]["accessScopes"]]


async def frame_claims(shopify: Standing, **query: str) -> dict[str, Any]:
    page = await shopify.admin.get(APP, params=query)
    token = page.text.split("id_token=")[1].split("&")[0]
    claims: dict[str, Any] = id_tokens.content(token)
    return claims


async def test_consent_names_each_scope_and_leads_to_the_app(shopify: Standing) -> None:
    await shopify.control("uninstall", shop=ALBA)
    asked = await shopify.admin.get(APP)
    assert "iframe" not in asked.text
    for words in ("View products", "View orders", "View customers", "View inventory"):
        assert words in asked.text
    agreed = await shopify.admin.post(f"{APP}/install")
    assert (agreed.status_code, agreed.headers["location"]) == (303, APP)
    assert 'id="app"' in (await shopify.admin.get(APP)).text
    assert await granted(shopify) == DECLARED


async def test_install_link_asks_first(shopify: Standing) -> None:
    await shopify.control("uninstall", shop=ALBA)
    address = f"/shops/{ALBA}/admin/oauth/install?client_id=the-key"
    asked = await shopify.admin.get(address, follow_redirects=True)
    assert "Install Everything?" in asked.text
    assert not shopify.stand_in.world.shop(ALBA).installed


async def test_uninstalled_app_leaves_the_list(shopify: Standing) -> None:
    listed = await shopify.admin.get("/store/alba-ceramics")
    assert "Uninstall Everything?" in listed.text
    gone = await shopify.admin.post(f"{APP}/uninstall")
    assert gone.headers["location"] == "/store/alba-ceramics"
    assert "Not installed" in (await shopify.admin.get("/store/alba-ceramics")).text
    await shopify.settle()
    assert shopify.receiver.topics == ["app/uninstalled"]
    assert (await shopify.admin.post(f"{APP}/uninstall")).status_code == 303


async def test_new_release_is_agreed_to_at_the_next_visit(shopify: Standing) -> None:
    await shopify.control("scopes", declared=[*DECLARED, "read_themes"])
    assert await granted(shopify) == DECLARED
    asked = await shopify.admin.get(APP)
    assert "needs new access" in asked.text
    assert "View themes" in asked.text
    assert "View products" not in asked.text
    await shopify.admin.post(f"{APP}/install")
    assert "read_themes" in await granted(shopify)
    await shopify.settle()
    (webhook,) = shopify.receiver.webhooks
    body = json.loads(webhook.body)
    assert webhook.topic == "app/scopes_update"
    assert (body["previous"], body["current"]) == (DECLARED, [*DECLARED, "read_themes"])


async def test_what_a_release_no_longer_asks_for_is_taken_without_asking(
    shopify: Standing,
) -> None:
    await shopify.control("scopes", declared=DECLARED[:2])
    assert 'id="app"' in (await shopify.admin.get(APP)).text
    assert await granted(shopify) == DECLARED[:2]


async def test_what_was_granted_by_code_stays(shopify: Standing) -> None:
    """Shopify manages only the installations that it made itself."""
    await shopify.control("scopes", declared=DECLARED[:1])
    query = {
        "client_id": "the-key",
        "scope": ",".join(DECLARED[:3]),
        "redirect_uri": f"{shopify.stand_in.options.app_url}/auth/callback",
        "state": "abc",
    }
    agreed = await shopify.admin.get(f"/shops/{ALBA}/admin/oauth/authorize", params=query)
    assert agreed.status_code == 302
    assert 'id="app"' in (await shopify.admin.get(APP)).text
    assert await granted(shopify) == DECLARED[:3]


async def test_optional_scopes_come_and_go(shopify: Standing) -> None:
    query = {"shop": ALBA, "scope": "read_themes"}
    for method, holds in (("POST", True), ("DELETE", False)):
        answer = await shopify.admin.request(method, "/_admin/scopes", params=query)
        assert ("read_themes" in answer.json()["granted"]) is holds
    required = {"shop": ALBA, "scope": "read_orders"}
    answer = await shopify.admin.request("DELETE", "/_admin/scopes", params=required)
    assert answer.status_code == 400
    await shopify.settle()
    assert shopify.receiver.topics == ["app/scopes_update"] * 2


async def test_merchant_may_take_scopes_back(shopify: Standing) -> None:
    answer = await shopify.control("scopes", shop=ALBA, granted=["read_products"])
    assert answer.json()["granted"][ALBA] == ["read_products"]
    assert answer.json()["granted"][BOREALIS] == DECLARED
    assert (await shopify.control("scopes", granted=["read_products"])).status_code == 400


async def test_two_browsers_are_two_people(shopify: Standing) -> None:
    ana, ben = shopify.stand_in.world.shop(ALBA).staff
    assert (await frame_claims(shopify))["sub"] == str(ana.id)
    assert (await frame_claims(shopify, staff="ben"))["sub"] == str(ben.id)
    assert (await frame_claims(shopify))["sub"] == str(ben.id)
    token = (await shopify.admin.get("/_admin/id-token", params={"shop": ALBA})).json()["id_token"]
    claims = jwt.decode(token, API_SECRET, algorithms=["HS256"], audience="the-key")
    assert claims["sub"] == str(ben.id)
    user = await shopify.admin.get("/_admin/user", params={"shop": ALBA})
    assert user.json() == {"accountAccess": "Full access"}


@pytest.mark.parametrize(("staff", "is_owner"), [("ana", True), ("ben", False)])
async def test_online_token_names_its_user(shopify: Standing, staff: str, is_owner: bool) -> None:
    token = (await shopify.control("tokens", shop=ALBA, staff=staff)).json()["id_token"]
    address = f"/shops/{ALBA}/admin/oauth/access_token"
    wish = {**CLIENT, **ONLINE, "subject_token": token}
    user = (await shopify.admin.post(address, json=wish)).json()["associated_user"]
    assert (user["first_name"].lower(), user["account_owner"]) == (staff, is_owner)
    offline = {
        **wish,
        "subject_token_type": "urn:shopify:params:oauth:token-type:offline-access-token",
    }
    assert (await shopify.admin.post(address, json=offline)).status_code == 400
