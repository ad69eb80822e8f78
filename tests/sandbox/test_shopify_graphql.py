"""Admin GraphQL of the stand-in, and every document of the project against the real schema."""

import time
from pathlib import Path

import pytest
from graphql import parse, validate

from sandbox.shopify.admin_api.schemas import admin_schema
from tests.sandbox.asking import post, query
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


@pytest.mark.parametrize("first", ["many", None, -3, 2**40, [1]])
async def test_bad_variables_are_told_what_is_wrong(shopify: Standing, first: object) -> None:
    assert (await query(shopify, PAGE, first=first, after=None))["errors"]
    assert (await query(shopify, PAGE, first=2, after="not a cursor"))["errors"]


async def test_query_beyond_the_limit_is_refused(shopify: Standing) -> None:
    document = "{ products(first: 250) { nodes { variants(first: 100) { nodes { id } } } } }"
    (error,) = (await query(shopify, document))["errors"]
    assert error["extensions"]["code"] == "MAX_COST_EXCEEDED"


async def test_rude_throttling_answers_200_with_a_code(shopify: Standing) -> None:
    await shopify.control("rude", throttling=True)
    (error,) = (await query(shopify, SHOP))["errors"]
    assert error["extensions"]["code"] == "THROTTLED"
    assert "data" in await query(shopify, SHOP)


async def test_price_is_what_came_rather_than_what_was_asked_for(shopify: Standing) -> None:
    cost = (await query(shopify, PAGE, first=50, after=None))["extensions"]["cost"]
    assert 8 < cost["actualQueryCost"] < cost["requestedQueryCost"]
    taken = 2000 - cost["throttleStatus"]["currentlyAvailable"]
    assert taken == pytest.approx(cost["actualQueryCost"], abs=2)


@pytest.mark.parametrize(
    ("document", "scopes", "missing"),
    [
        ("{ products(first: 1) { nodes { id } } }", "read_orders", "read_products"),
        ("{ orders(first: 1) { nodes { id } } }", "read_products", "read_orders"),
        ("{ locations(first: 1) { nodes { name } } }", "read_inventory", "read_locations"),
        ("{ shopLocales { locale } }", "read_products", "read_locales"),
    ],
)
async def test_missing_scope_is_named(
    shopify: Standing, document: str, scopes: str, missing: str
) -> None:
    (error,) = (await query(shopify, document, scopes=scopes))["errors"]
    assert error["extensions"]["code"] == "ACCESS_DENIED"
    assert missing in error["message"]


async def test_token_of_an_uninstalled_shop_is_dead(shopify: Standing) -> None:
    token = shopify.stand_in.tokens.issue(ALBA, "read_products", expiring=True).access_token
    gone = await post(shopify, token, "mutation { appUninstall { userErrors { message } } }")
    assert gone.json()["data"] == {"appUninstall": {"userErrors": []}}
    assert (await post(shopify, token, "{ shop { name } }")).status_code == 401
    await shopify.settle()
    assert shopify.receiver.topics == ["app/uninstalled"]


@pytest.mark.parametrize(("mood", "status"), [("frozen", 402), ("locked", 423)])
async def test_shop_may_be_shut(shopify: Standing, mood: str, status: int) -> None:
    token = shopify.stand_in.tokens.issue(ALBA, "read_products", expiring=True).access_token
    await shopify.control("rude", **{mood: True})
    assert (await post(shopify, token, SHOP)).status_code == status
    await shopify.control("rude", **{mood: False})
    assert (await post(shopify, token, SHOP)).status_code == 200


async def test_api_may_hang(shopify: Standing) -> None:
    await shopify.control("rude", api_delay_ms=300)
    began = time.perf_counter()
    await query(shopify, SHOP)
    assert time.perf_counter() - began >= 0.3
