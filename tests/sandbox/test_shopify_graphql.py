"""Admin GraphQL of the stand-in, and every document of the project against the real schema."""

from pathlib import Path
from typing import Any

import pytest
from graphql import parse, validate

from sandbox.shopify.admin_api.schemas import admin_schema
from tests.sandbox.conftest import ALBA, Standing

REPOSITORY = Path(__file__).resolve().parents[2]
SKIPPED = {".venv", ".git", "node_modules"}
DOCUMENTS = [
    path
    for path in sorted(REPOSITORY.rglob("*.graphql"))
    if not SKIPPED & set(path.relative_to(REPOSITORY).parts)
]
PAGE = (Path(__file__).parent / "documents" / "products_page.graphql").read_text()
SHOP = (Path(__file__).parent / "documents" / "shop.graphql").read_text()


async def query(shopify: Standing, document: str, **variables: object) -> dict[str, Any]:
    token = shopify.stand_in.tokens.issue(ALBA, "read_products", expiring=True).access_token
    answer = await shopify.admin.post(
        f"/shops/{ALBA}/admin/api/2026-10/graphql.json",
        headers={"X-Shopify-Access-Token": token},
        json={"query": document, "variables": variables},
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_document_is_valid_against_the_real_schema(document: Path) -> None:
    assert validate(admin_schema(), parse(document.read_text())) == []


def test_the_schema_refuses_what_shopify_does_not_know() -> None:
    assert validate(admin_schema(), parse("{ shop { moonPhase } }"))


async def test_shop_is_answered_with_its_cost(shopify: Standing) -> None:
    answer = await query(shopify, SHOP)
    assert answer["data"]["shop"]["myshopifyDomain"] == ALBA
    cost = answer["extensions"]["cost"]
    assert cost["throttleStatus"]["maximumAvailable"] == 2000
    assert cost["requestedQueryCost"] >= 1


async def test_products_are_paged_without_gap(shopify: Standing) -> None:
    titles: list[str] = []
    after = None
    for _ in range(3):
        page = (await query(shopify, PAGE, first=3, after=after))["data"]["products"]
        titles += [node["title"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    expected = {one.title for one in shopify.stand_in.world.products(ALBA)}
    assert (len(titles), set(titles)) == (8, expected)
    assert page["pageInfo"]["hasNextPage"] is False


async def test_product_is_found_by_its_id(shopify: Standing) -> None:
    mug = shopify.stand_in.world.product(ALBA, "alba-mug")
    document = "query One($id: ID!) { product(id: $id) { title status featuredMedia { alt } } }"
    answer = await query(shopify, document, id=f"gid://shopify/Product/{mug.id}")
    media = {"alt": "Alba mug"}
    expected = {"title": "Alba mug", "status": "ACTIVE", "featuredMedia": media}
    assert answer["data"]["product"] == expected
    assert (await query(shopify, document, id="gid://shopify/Product/1"))["data"] == {
        "product": None
    }


async def test_what_is_not_built_is_an_error_not_a_null(shopify: Standing) -> None:
    answer = await query(shopify, "{ shop { description } }")
    assert "does not answer Shop.description" in answer["errors"][0]["message"]


async def test_invalid_documents_are_told_what_is_wrong(shopify: Standing) -> None:
    assert "errors" in await query(shopify, "{ shop { ")
    assert "moonPhase" in (await query(shopify, "{ shop { moonPhase } }"))["errors"][0]["message"]


async def test_query_beyond_the_limit_is_refused(shopify: Standing) -> None:
    document = "{ products(first: 250) { nodes { variants(first: 100) { nodes { id } } } } }"
    (error,) = (await query(shopify, document))["errors"]
    assert error["extensions"]["code"] == "MAX_COST_EXCEEDED"


async def test_rude_throttling_answers_200_with_a_code(shopify: Standing) -> None:
    await shopify.control("rude", throttling=True)
    (error,) = (await query(shopify, SHOP))["errors"]
    assert error["extensions"]["code"] == "THROTTLED"
    assert "data" in await query(shopify, SHOP)
