"""What `shopify.app.extensions()` tells of the theme app extension."""

import tomllib
from typing import Any

from litestar import Request, get

from sandbox.shopify.stand_in import StandIn, stand_in_of
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.storefront.embeds import Block, body_blocks

AnyRequest = Request[Any, Any, Any]
Json = dict[str, Any]


@get("/_admin/extensions")
async def index(request: AnyRequest) -> list[Json]:
    """Of the published theme only, as in Shopify; empty for an app without extensions."""
    stand_in = stand_in_of(request)
    shop = stand_in.world.shop(request.query_params.get("shop", ""))
    blocks = body_blocks(stand_in.options.extension)
    if not blocks:
        return []
    return [
        {
            "handle": _handle(stand_in),
            "type": "theme_app_extension",
            "activations": [_activation(shop, block) for block in blocks],
        }
    ]


ROUTES = [index]


def _handle(stand_in: StandIn) -> str:
    told = tomllib.loads((stand_in.options.extension / "shopify.extension.toml").read_text())
    return str(told.get("handle") or "-".join(told["name"].lower().split()))


def _activation(shop: Shop, block: Block) -> Json:
    placed = {"target": "body", "themeId": f"gid://shopify/OnlineStoreTheme/{shop.theme_id}"}
    return {
        "handle": block.handle,
        "name": block.name,
        "target": "body",
        "status": _status(shop),
        "activations": [placed] if _status(shop) == "active" else [],
    }


def _status(shop: Shop) -> str:
    if not shop.takes_embeds:
        return "unavailable"
    return "active" if shop.embed_active else "available"
