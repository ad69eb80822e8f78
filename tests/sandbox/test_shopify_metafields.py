"""What the app keeps with its installation, and what the theme prints of it."""

from typing import Any

import pytest

from tests.sandbox.asking import data
from tests.sandbox.conftest import ALBA, Standing

WRITE = """
mutation Write($metafields: [MetafieldsSetInput!]!) {
  metafieldsSet(metafields: $metafields) {
    metafields { namespace key type value compareDigest }
    userErrors { code field message elementIndex }
  }
}
"""
READ = """
{ currentAppInstallation {
  id accessScopes { handle } metafields(first: 5) { nodes { key value } }
  metafield(namespace: "earshot", key: "app_url") { value }
} }
"""


async def write(shopify: Standing, **changes: Any) -> dict[str, Any]:
    owner = (await data(shopify, READ))["currentAppInstallation"]["id"]
    usual = {
        "ownerId": owner,
        "namespace": "earshot",
        "key": "app_url",
        "type": "url",
        "value": "https://app.example.com",
    }
    wish = {name: value for name, value in {**usual, **changes}.items() if value is not None}
    written: dict[str, Any] = (await data(shopify, WRITE, metafields=[wish]))["metafieldsSet"]
    return written


async def test_written_metafields_come_back(shopify: Standing) -> None:
    assert (await write(shopify))["userErrors"] == []
    assert (await write(shopify, value="https://new.example.com"))["userErrors"] == []
    found = (await data(shopify, READ))["currentAppInstallation"]
    assert found["metafield"] == {"value": "https://new.example.com"}
    assert len(found["metafields"]["nodes"]) == 1
    scopes = [scope["handle"] for scope in found["accessScopes"]]
    assert scopes == list(shopify.stand_in.world.app.scopes)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ownerId": "gid://shopify/Shop/1"}, "APP_NOT_AUTHORIZED"),
        ({"namespace": "x"}, "INVALID"),
        ({"key": "a b"}, "INVALID"),
        ({"type": None}, "BLANK"),
        ({"type": "poem"}, "INVALID_TYPE"),
        ({"value": ""}, "BLANK"),
        ({"value": "not an address"}, "INVALID_VALUE"),
        ({"compareDigest": "of something older"}, "STALE_OBJECT"),
    ],
)
async def test_bad_metafields_are_told_apart(
    shopify: Standing, changes: dict[str, Any], code: str
) -> None:
    answer = await write(shopify, **changes)
    assert answer["metafields"] is None
    (error,) = answer["userErrors"]
    assert (error["code"], error["elementIndex"]) == (code, 0)
    assert (await data(shopify, READ))["currentAppInstallation"]["metafields"]["nodes"] == []


async def test_theme_prints_what_the_app_wrote(shopify: Standing) -> None:
    assert 'data-app=""' in (await shopify.alba.get("/")).text
    await write(shopify)
    assert 'data-app="https://app.example.com"' in (await shopify.alba.get("/")).text
    assert 'data-app=""' in (await shopify.borealis.get("/")).text


async def test_metafields_end_with_the_installation(shopify: Standing) -> None:
    await write(shopify)
    await shopify.control("uninstall", shop=ALBA)
    await shopify.control("install", shop=ALBA)
    assert (await data(shopify, READ))["currentAppInstallation"]["metafield"] is None
