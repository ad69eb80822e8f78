"""Shopify's real Admin schema, loaded when it is first asked for (half a second)."""

import gzip
import json
from functools import cache
from pathlib import Path

from graphql import GraphQLSchema, build_client_schema

FILE = Path(__file__).parents[1] / "schema" / "admin_2026-10.json.gz"


@cache
def admin_schema() -> GraphQLSchema:
    with gzip.open(FILE) as file:
        introspection = json.load(file)["data"]
    return build_client_schema(introspection, assume_valid=True)
