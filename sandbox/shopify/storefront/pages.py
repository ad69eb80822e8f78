"""Home, collection, product and thanks."""

from typing import Any

from litestar import Request, Response, get

from sandbox.shopify.refusals import Unknown
from sandbox.shopify.stand_in import stand_in_of
from sandbox.shopify.state.products import Product
from sandbox.shopify.storefront.prices import minor_units
from sandbox.shopify.storefront.rendering import page
from sandbox.shopify.storefront.visits import shop_of

AnyRequest = Request[Any, Any, Any]


@get("/")
async def home(request: AnyRequest) -> Response[str]:
    goods = _visible(request)
    favourites = [one for one in goods if "Bestsellers" in one.collections]
    return page(request, "home.html", "index", products=goods[:4], favourite=favourites[0:1])


@get("/collections/{handle:str}")
async def collection(request: AnyRequest) -> Response[str]:
    """`all`, or the name of a collection in lower case with dashes."""
    handle = request.path_params["handle"]
    goods = _visible(request)
    names = sorted({name for one in goods for name in one.collections})
    title = {_handle(name): name for name in names}.get(handle, "Everything")
    if handle != "all":
        goods = [one for one in goods if title in one.collections]
    if not goods:
        return _not_found(request)
    links = [("all", "Everything"), *((_handle(name), name) for name in names)]
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
    near = [one for one in others if set(one.collections) & set(goods.collections)]
    return page(request, "product.html", "product", product=goods, others=(near + others)[:3])


ROUTES = [home, collection, product]


def _visible(request: AnyRequest) -> list[Product]:
    goods = stand_in_of(request).world.products(shop_of(request).domain)
    return [one for one in goods if one.is_visible]


def _find(request: AnyRequest, handle: str) -> Product | None:
    try:
        goods = stand_in_of(request).world.product(shop_of(request).domain, handle)
    except Unknown:
        return None
    return goods if goods.is_visible else None


def _not_found(request: AnyRequest) -> Response[str]:
    return page(request, "not_found.html", "404", status_code=404)


def _handle(name: str) -> str:
    return name.lower().replace(" ", "-")


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
