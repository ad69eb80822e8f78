"""Asks the stand-in's Admin GraphQL as an app would."""

from typing import Any

import httpx

from tests.sandbox.conftest import ALBA, Standing

SCOPES = "read_products,read_orders,read_customers,read_inventory,read_locations"
Json = dict[str, Any]


async def post(shopify: Standing, token: str, document: str, **variables: object) -> httpx.Response:
    return await shopify.admin.post(
        f"/shops/{ALBA}/admin/api/2026-10/graphql.json",
        headers={"X-Shopify-Access-Token": token},
        json={"query": document, "variables": variables},
    )


async def query(
    shopify: Standing, document: str, *, scopes: str = SCOPES, **variables: Any
) -> Json:
    """The whole answer, errors included."""
    token = shopify.stand_in.tokens.issue(ALBA, scopes, expiring=True).access_token
    answer = await post(shopify, token, document, **variables)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def data(shopify: Standing, document: str, **variables: Any) -> Json:
    """What was asked for; no errors are allowed."""
    answer = await query(shopify, document, **variables)
    assert "errors" not in answer, answer["errors"]
    found: Json = answer["data"]
    return found
