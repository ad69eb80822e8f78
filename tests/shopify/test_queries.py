"""Every question to the Admin API, against Shopify's own schema and its limits."""

import contextlib
import importlib
import json
import pkgutil

import pytest
from graphql import parse, validate
from hypothesis import given, settings
from hypothesis import strategies as st

from app import shopify
from app.errors import QueryRefused
from app.shopify import admin_answers
from app.shopify.queries import FOLDER, Query
from sandbox.shopify.admin_api.costs import SINGLE_QUERY_MAXIMUM, requested_cost
from sandbox.shopify.admin_api.schemas import admin_schema

MODULES = [
    importlib.import_module(f"app.shopify.{found.name}")
    for found in pkgutil.iter_modules(shopify.__path__)
]
QUERIES = [
    value for module in MODULES for value in vars(module).values() if isinstance(value, Query)
]


def test_every_file_is_asked_and_every_query_has_a_file() -> None:
    assert sorted(query.name for query in QUERIES) == sorted(
        file.stem for file in FOLDER.glob("*.graphql")
    )


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_shopify_understands_the_query(query: Query[object]) -> None:
    assert validate(admin_schema(), parse(query.text)) == []


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_a_page_costs_what_shopify_allows(query: Query[object]) -> None:
    cost = requested_cost(parse(query.text), {"first": query.first})
    assert cost < 0.8 * SINGLE_QUERY_MAXIMUM


DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["nodes", "pageInfo", "products", "shop", "id"]), inner)
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
@settings(max_examples=40)
@given(data=DATA)
def test_whatever_is_answered_is_read_or_refused(query: Query[object], data: object) -> None:
    with contextlib.suppress(QueryRefused):
        admin_answers.read(query, json.dumps({"data": data}).encode())
