"""The catalogue in Admin GraphQL: pages that stay right, stock by place, collections, orders."""

from typing import Any

import pytest

from sandbox.shopify.state.moments import later_than
from tests.sandbox.asking import data, query
from tests.sandbox.conftest import ALBA, Standing

PRODUCTS = """
query Page($first: Int!, $after: String, $query: String, $reverse: Boolean) {
  products(first: $first, after: $after, query: $query, sortKey: UPDATED_AT, reverse: $reverse) {
    pageInfo { hasNextPage endCursor }
    nodes {
      id handle updatedAt
      featuredMedia { preview { image { url } } }
      collections(first: 5) { nodes { id handle } }
      variants(first: 5) {
        nodes {
          id
          inventoryItem {
            id tracked
            inventoryLevels(first: 2) {
              nodes { id location { id name } quantities(names: ["available"]) { name quantity } }
            }
          }
        }
      }
    }
  }
}
"""
COLLECTIONS = """
{ collections(first: 10, sortKey: TITLE) {
  nodes { id title products(first: 3) { nodes { handle } } }
} }
"""
LATEST = """
{ orders(first: 1, sortKey: CREATED_AT, reverse: true) { nodes { id createdAt updatedAt } } }
"""


async def handles(shopify: Standing, **variables: Any) -> list[str]:
    page = (await data(shopify, PRODUCTS, **{"first": 12, **variables}))["products"]
    return [node["handle"] for node in page["nodes"]]


async def test_nothing_is_skipped_while_products_move(shopify: Standing) -> None:
    world = shopify.stand_in.world
    first = (await data(shopify, PRODUCTS, first=3))["products"]
    moved = world.product(ALBA, first["nodes"][0]["handle"])
    moved.updated_at = later_than(moved.updated_at)  # it goes to the end meanwhile
    rest = await handles(shopify, after=first["pageInfo"]["endCursor"])
    seen = [node["handle"] for node in first["nodes"]]
    assert [*seen, *rest] == [*seen, *rest[:-1], moved.handle]
    assert {*seen, *rest} == {one.handle for one in world.products(ALBA)}


async def test_changes_since_a_moment_are_found(shopify: Standing) -> None:
    mug = shopify.stand_in.world.product(ALBA, "alba-mug")
    mug.updated_at = later_than(mug.updated_at)
    since = f"updated_at:>='{mug.updated_at.isoformat()}'"
    assert await handles(shopify, query=since) == ["alba-mug"]
    assert await handles(shopify, query=f"status:active AND {since}") == ["alba-mug"]
    assert await handles(shopify, query=f"status:draft {since}") == []
    newest_first = await handles(shopify, reverse=True)
    assert newest_first[0] == "alba-mug"


@pytest.mark.parametrize("wish", ["colour:red", "mug", "updated_at:>yesterday"])
async def test_searches_that_are_not_built_are_errors(shopify: Standing, wish: str) -> None:
    assert (await query(shopify, PRODUCTS, first=5, query=wish))["errors"]


async def test_pages_need_a_size(shopify: Standing) -> None:
    (error,) = (await query(shopify, "{ products { nodes { id } } }"))["errors"]
    assert "first or last" in error["message"]
    assert (await query(shopify, "{ products(first: 251) { nodes { id } } }"))["errors"]


async def test_stock_is_told_by_place(shopify: Standing) -> None:
    vase = shopify.stand_in.world.product(ALBA, "ripple-vase")
    page = (await data(shopify, PRODUCTS, first=5, query="handle:ripple-vase"))["products"]
    (variant,) = page["nodes"][0]["variants"]["nodes"]
    (level,) = variant["inventoryItem"]["inventoryLevels"]["nodes"]
    assert level["quantities"] == [{"name": "available", "quantity": vase.available}]
    assert level["location"]["name"] == "Atelier, Croix-Rousse"
    document = "query($id: ID!) { inventoryLevel(id: $id) { item { id } location { id } } }"
    found = (await data(shopify, document, id=level["id"]))["inventoryLevel"]
    assert found == {
        "item": {"id": variant["inventoryItem"]["id"]},
        "location": {"id": level["location"]["id"]},
    }


async def test_items_and_places_are_listed(shopify: Standing) -> None:
    document = """{
      inventoryItems(first: 100) { nodes { id variant { product { handle } } } }
      locations(first: 5) { nodes { name isActive } }
    }"""
    found = await data(shopify, document)
    variants = [one for goods in shopify.stand_in.world.products(ALBA) for one in goods.variants]
    assert len(found["inventoryItems"]["nodes"]) == len(variants)
    places = [one["name"] for one in found["locations"]["nodes"]]
    assert places == ["Atelier, Croix-Rousse", "Market stall, Saint-Antoine"]


async def test_collections_name_their_products(shopify: Standing) -> None:
    nodes = (await data(shopify, COLLECTIONS))["collections"]["nodes"]
    titles = [node["title"] for node in nodes]
    assert titles == ["Bestsellers", "Dinner", "Living room", "Morning"]
    in_bestsellers = [one["handle"] for one in nodes[0]["products"]["nodes"]]
    assert in_bestsellers == ["alba-mug", "tide-plate"]
    document = "query($id: ID!) { collection(id: $id) { title productsCount { count } } }"
    found = (await data(shopify, document, id=nodes[0]["id"]))["collection"]
    assert found == {"title": "Bestsellers", "productsCount": {"count": 2}}
    assert (await data(shopify, document, id="gid://shopify/Collection/1"))["collection"] is None


async def test_latest_order_is_found(shopify: Standing) -> None:
    assert (await data(shopify, LATEST))["orders"]["nodes"] == []
    for _ in range(2):
        placed = (await shopify.control("orders", shop=ALBA)).json()
    (found,) = (await data(shopify, LATEST))["orders"]["nodes"]
    assert found["id"] == f"gid://shopify/Order/{placed['id']}"


async def test_variants_are_listed_by_themselves(shopify: Standing) -> None:
    world = shopify.stand_in.world
    mug = world.product(ALBA, "alba-mug")
    document = """query($search: String) {
      productVariants(first: 250, query: $search, sortKey: ID) { nodes { id product { id } } }
    }"""
    every = (await data(shopify, document))["productVariants"]["nodes"]
    assert len(every) == sum(len(goods.variants) for goods in world.products(ALBA))
    found = await data(shopify, document, search=f"product_id:{mug.id}")
    assert len(found["productVariants"]["nodes"]) == len(mug.variants)


async def test_stock_at_a_place_is_told_since_a_moment(shopify: Standing) -> None:
    vase = shopify.stand_in.world.product(ALBA, "ripple-vase")
    await shopify.control("stock", shop=ALBA, product="ripple-vase", available=3)
    level = vase.variants[0].levels[0]
    document = """query($id: ID!, $search: String) {
      location(id: $id) { inventoryLevels(first: 9, query: $search, includeInactive: true) {
        nodes { isActive item { id } quantities(names: ["available"]) { quantity } }
      } }
    }"""
    since = f"updated_at:>='{level.updated_at.isoformat()}'"
    place = f"gid://shopify/Location/{level.location_id}"
    found = await data(shopify, document, id=place, search=since)
    (node,) = found["location"]["inventoryLevels"]["nodes"]
    assert node["quantities"] == [{"quantity": 3}]
