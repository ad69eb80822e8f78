"""Whether a page is shown in the theme editor, and how its app embed is set there."""

from typing import Any

from litestar import Request

from sandbox.shopify.state.shops import Shop

AnyRequest = Request[Any, Any, Any]


def is_design_mode(request: AnyRequest) -> bool:
    """Only the editor frames a storefront, so pages reached by links in it are told by that."""
    is_framed = request.headers.get("Sec-Fetch-Dest") == "iframe"
    return is_framed or request.query_params.get("design_mode") == "1"


def has_embed(request: AnyRequest, shop: Shop) -> bool:
    """As saved, or as the editor's switch stands at the moment."""
    if not shop.installed or not shop.takes_embeds:
        return False
    wanted = request.query_params.get("embed") if is_design_mode(request) else None
    return shop.embed_active if wanted is None else wanted == "on"
