"""Admin GraphQL: checked against the real schema, executed over the world."""

from typing import Any

import msgspec
from graphql import DocumentNode, GraphQLError, execute_sync, parse, validate
from litestar import Request, Response, post

from sandbox.shopify.admin_api import access
from sandbox.shopify.admin_api.calls import Call
from sandbox.shopify.admin_api.clients import closure, outage, shop_of
from sandbox.shopify.admin_api.costs import (
    SINGLE_QUERY_MAXIMUM,
    Bucket,
    actual_cost,
    requested_cost,
)
from sandbox.shopify.admin_api.resolvers import ROOT, resolve
from sandbox.shopify.admin_api.schemas import admin_schema
from sandbox.shopify.refusals import Refused
from sandbox.shopify.stand_in import StandIn, stand_in_of
from sandbox.shopify.state.shops import Shop

AnyRequest = Request[Any, Any, Any]
Json = dict[str, Any]
RATE_LIMITS = "https://shopify.dev/api/usage/rate-limits"


class Question(msgspec.Struct):
    query: str
    variables: dict[str, Any] | None = None


@post("/shops/{shop:str}/admin/api/{version:str}/graphql.json", status_code=200)
async def create(request: AnyRequest) -> Response[Any]:
    stand_in = stand_in_of(request)
    shop = shop_of(request)
    if (refused := await outage(stand_in) or closure(stand_in)) is not None:
        return refused
    call = _call(stand_in, shop, request.headers.get("X-Shopify-Access-Token", ""))
    if call is None:
        sentence = "[API] Invalid API key or access token (unrecognized login or wrong password)"
        return Response({"errors": sentence}, status_code=401)
    answer = _answer(call, await _question(request))
    return Response(answer, headers={"X-Shopify-API-Version": stand_in.options.api_version})


ROUTES = [create]


def prepare() -> None:
    """Loads what is needed to answer; the first question does so otherwise."""
    admin_schema()
    access.prepare()


def _call(stand_in: StandIn, shop: Shop, token: str) -> Call | None:
    """None for a token that is dead; all of a shop's are once it has uninstalled."""
    if shop.installation is None or not stand_in.tokens.allows(shop.domain, token):
        return None
    granted = frozenset(stand_in.tokens.scope(shop.domain, token).split(","))
    return Call(stand_in, shop, shop.installation, granted.intersection(shop.installation.scopes))


async def _question(request: AnyRequest) -> Question:
    try:
        return msgspec.json.decode(await request.body(), type=Question)
    except msgspec.DecodeError as error:
        raise Refused(f"The body does not fit: {error}.") from error


def _answer(call: Call, question: Question) -> Json:
    try:
        document = parse(question.query)
    except GraphQLError as error:
        return {"errors": [error.formatted]}
    if errors := validate(admin_schema(), document):
        return {"errors": [error.formatted for error in errors]}
    return _within_limits(call, document, question.variables or {})


def _within_limits(call: Call, document: DocumentNode, variables: Json) -> Json:
    cost = requested_cost(document, variables)
    bucket = call.stand_in.bucket(call.shop.domain)
    if cost > SINGLE_QUERY_MAXIMUM:
        return {"errors": [_too_costly(cost)]}
    if call.stand_in.is_throttling() or not bucket.take(cost):
        details = {"code": "THROTTLED", "documentation": RATE_LIMITS}
        throttled = {"message": "Throttled", "extensions": details}
        return {"errors": [throttled], "extensions": _bill(cost, None, bucket)}
    result = execute_sync(
        admin_schema(),
        document,
        root_value=ROOT,
        context_value=call,
        variable_values=variables,
        field_resolver=resolve,
    )
    actual = min(cost, actual_cost(document, result.data))
    bucket.give_back(cost - actual)
    return {**result.formatted, "extensions": _bill(cost, actual, bucket)}


def _bill(requested: int, actual: int | None, bucket: Bucket) -> Json:
    cost = {"requestedQueryCost": requested, "actualQueryCost": actual}
    return {"cost": {**cost, "throttleStatus": bucket.status()}}


def _too_costly(cost: int) -> Json:
    limit = SINGLE_QUERY_MAXIMUM
    sentence = f"Query cost is {cost}, which exceeds the single query max cost limit ({limit})."
    return {
        "message": sentence,
        "extensions": {"code": "MAX_COST_EXCEEDED", "cost": cost, "maxCost": limit},
    }
