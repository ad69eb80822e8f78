"""The theme editor, as far as app embeds go: a switch, a preview, and Save."""

from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get, post
from litestar.response import Redirect

from sandbox.shopify.admin.rendering import page, shop_of, store_page
from sandbox.shopify.admin_api import clients
from sandbox.shopify.refusals import Refused
from sandbox.shopify.stand_in import StandIn, stand_in_of
from sandbox.shopify.state.products import visible
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.storefront.embeds import Block, body_blocks

AnyRequest = Request[Any, Any, Any]
Json = dict[str, Any]
TEMPLATES = {
    "index": "Home page",
    "product": "Products",
    "collection": "Collections",
    "cart": "Cart",
}


class Wish(msgspec.Struct, forbid_unknown_fields=True):
    """`embeds`: whether each block is on, by its handle."""

    embeds: Annotated[dict[str, bool], msgspec.Meta(max_length=30)]


@get("/shops/{shop:str}/admin/themes/current/editor")
async def from_shop_domain(request: AnyRequest) -> Redirect:
    """The form of deep link that Shopify documents."""
    query = urlencode(list(request.query_params.multi_items()))
    return Redirect(f"{store_page(clients.shop_of(request))}/themes/current/editor?{query}")


@get("/store/{name:str}/themes/current/editor")
async def show(request: AnyRequest) -> Response[str]:
    """What `activateAppId` names is switched on, but not saved: that is the merchant's to do."""
    stand_in, shop = stand_in_of(request), shop_of(request)
    template = request.query_params.get("template", "index")
    wanted = request.query_params.get("activateAppId")
    blocks = body_blocks(stand_in.options.extension) if shop.installed else []
    known = {_activation(stand_in, block): block.handle for block in blocks}
    return page(
        request,
        "theme_editor.html",
        embeds=[_embed(shop, block, known.get(wanted or "")) for block in blocks],
        unknown=wanted if wanted not in known else None,
        templates=TEMPLATES,
        template=template if template in TEMPLATES else "index",
        previews={name: _preview(stand_in, shop, name) for name in TEMPLATES},
    )


@post("/store/{name:str}/themes/current/editor", status_code=200)
async def save(request: AnyRequest) -> Json:
    shop = shop_of(request)
    try:
        wish = msgspec.json.decode(await request.body(), type=Wish)
    except msgspec.DecodeError as error:
        raise Refused(f"The body does not fit: {error}.") from error
    if any(wish.embeds.values()) and not (shop.installed and shop.takes_embeds):
        raise Refused("There is no app embed to switch on.")
    shop.embed_active = any(wish.embeds.values())
    return {"embed_active": shop.embed_active}


ROUTES = [from_shop_domain, show, save]


def _activation(stand_in: StandIn, block: Block) -> str:
    return f"{stand_in.options.api_key}/{block.handle}"


def _embed(shop: Shop, block: Block, wanted: str | None) -> Json:
    words = [one["content"] for one in block.schema.get("settings", []) if "content" in one]
    return {
        "handle": block.handle,
        "name": block.name,
        "words": words,
        "is_saved": shop.embed_active,
        "is_on": shop.takes_embeds and (shop.embed_active or block.handle == wanted),
        "is_possible": shop.takes_embeds,
    }


def _preview(stand_in: StandIn, shop: Shop, template: str) -> str:
    goods = visible(stand_in.world.products(shop.domain))
    first = f"/products/{goods[0].handle}" if goods else "/"
    places = {"product": first, "collection": "/collections/all", "cart": "/cart"}
    origin = stand_in.options.storefront_origin(shop.domain)
    return f"{origin}{places.get(template, '/')}?design_mode=1"
