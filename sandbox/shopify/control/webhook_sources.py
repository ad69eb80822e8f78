"""`/_control/webhook_sources`: who asked for webhooks, and which of them are lost on the way."""

from typing import Any

import msgspec
from litestar import Request, get, post

from sandbox.shopify.control.wishes import read
from sandbox.shopify.stand_in import StandIn, stand_in_of
from sandbox.shopify.state.shops import Shop

AnyRequest = Request[Any, Any, Any]
Json = dict[str, Any]


class Sources(msgspec.Struct, forbid_unknown_fields=True):
    """`manifest`: whether the manifest's webhooks were deployed; `muted`: topics that get lost."""

    manifest: bool | None = None
    muted: set[str] | None = None


@get("/_control/webhook_sources")
async def show(request: AnyRequest) -> Json:
    return described(stand_in_of(request))


@post("/_control/webhook_sources", status_code=200)
async def change(request: AnyRequest) -> Json:
    wish = await read(request, Sources)
    stand_in = stand_in_of(request)
    app = stand_in.world.app
    app.is_deployed = app.is_deployed if wish.manifest is None else wish.manifest
    app.muted = app.muted if wish.muted is None else wish.muted
    return described(stand_in)


ROUTES = [show, change]


def described(stand_in: StandIn) -> Json:
    app = stand_in.world.app
    return {
        "manifest": app.is_deployed,
        "muted": sorted(app.muted),
        "declared": [one.topic for one in app.subscriptions],
        "compliance": [one.topic for one in app.compliance],
        "api": {shop.domain: _made(shop) for shop in stand_in.world.shops.values()},
    }


def _made(shop: Shop) -> list[Json]:
    made = shop.installation.subscriptions if shop.installation else []
    return [{"id": str(one.id), "topic": one.topic, "uri": one.uri} for one in made]
