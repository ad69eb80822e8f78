"""Home, collection, product and thanks."""

from typing import Any

from litestar import Request, Response, get

from sandbox.shopify.refusals import Unknown
from sandbox.shopify.stand_in import stand_in_of
from sandbox.shopify.state.collections import Collection
from sandbox.shopify.state.products import Product, visible
from sandbox.shopify.storefront.prices import minor_units
from sandbox.shopify.storefront.rendering import page
from sandbox.shopify.storefront.visits import shop_of

AnyRequest = Request[Any, Any, Any]


@get("/")
async def home(request: AnyRequest) -> Response[str]:
    goods = _visible(request)
    favourites = _in_collection(request, goods, "bestsellers")
    return page(request, "home.html", "index", products=goods[:4], favourite=favourites[0:1])


@get("/collections/{handle:str}")
async def collection(request: AnyRequest) -> Response[str]:
    """`all`, or a collection's handle."""
    handle = request.path_params["handle"]
    goods = _visible(request)
    titles = {"all": "Everything"} | {one.handle: one.title for one in _collections(request)}
    if handle != "all":
        goods = _in_collection(request, goods, handle)
    if handle not in titles or not goods:
        return _not_found(request)
    title, links = titles[handle], list(titles.items())
    return page(request, "collection.html", "collection", products=goods, title=title, links=links)


@get("/products/{handle:str}")
async def product(request: AnyRequest) -> Response[Any]:
    """A page; with `.js` at the end, the Ajax API's description."""
    handle = request.path_params["handle"]
    goods = _find(request, handle.removesuffix(".js"))
    if goods is None:
        return _not_found(request)
    if handle.endswith(".js"):
        return Response(_described(request, goods))
    others = [one for one in _visible(request) if one is not goods]
    shared = {
        id for one in _collections(request) if goods.id in one.products for id in one.products
    }
    near = [one for one in others if one.id in shared]
    return page(request, "product.html", "product", product=goods, others=(near + others)[:3])


ROUTES = [home, collection, product]


def _visible(request: AnyRequest) -> list[Product]:
    return visible(stand_in_of(request).world.products(shop_of(request).domain))


def _find(request: AnyRequest, handle: str) -> Product | None:
    try:
        goods = stand_in_of(request).world.product(shop_of(request).domain, handle)
    except Unknown:
        return None
    return goods if goods.is_visible else None


def _not_found(request: AnyRequest) -> Response[str]:
    return page(request, "not_found.html", "404", status_code=404)


def _collections(request: AnyRequest) -> list[Collection]:
    known = stand_in_of(request).world.collections(shop_of(request).domain)
    return sorted(known, key=lambda one: one.title)


def _in_collection(request: AnyRequest, goods: list[Product], handle: str) -> list[Product]:
    chosen = [one.products for one in _collections(request) if one.handle == handle]
    return [one for one in goods if any(one.id in products for products in chosen)]


def _described(request: AnyRequest, goods: Product) -> dict[str, Any]:
    """Prices are integers, in minor units."""
    picture = f"/products-images/{goods.picture}.svg"
    prices = [minor_units(variant.price) for variant in goods.variants]
    return {
        "id": goods.id,
        "title": goods.title,
        "handle": goods.handle,
        "description": goods.description,
        "published_at": goods.created_at.isoformat(),
        "created_at": goods.created_at.isoformat(),
        "vendor": goods.vendor,
        "type": goods.kind,
        "tags": goods.tags,
        "price": min(prices),
        "price_min": min(prices),
        "price_max": max(prices),
        "available": True,
        "price_varies": len(set(prices)) > 1,
        "variants": [
            {
                "id": variant.id,
                "title": variant.title,
                "option1": variant.title,
                "sku": variant.sku,
                "available": True,
                "name": f"{goods.title} - {variant.title}",
                "price": minor_units(variant.price),
                "inventory_management": "shopify",
            }
            for variant in goods.variants
        ],
        "images": [picture],
        "featured_image": picture,
        "options": [{"name": goods.option, "position": 1}],
        "url": f"/products/{goods.handle}",
    }
