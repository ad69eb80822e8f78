"""A shop's own domain, as far as people follow links to it: it leads to the storefront."""

from typing import Any

from litestar import Request, get
from litestar.response import Redirect

from sandbox.shopify.admin_api.clients import shop_of
from sandbox.shopify.stand_in import stand_in_of


@get("/shops/{shop:str}", sync_to_thread=False)
def front(request: Request[Any, Any, Any]) -> Redirect:
    return _to_storefront(request, "/")


@get("/shops/{shop:str}/products/{handle:str}", sync_to_thread=False)
def product(request: Request[Any, Any, Any]) -> Redirect:
    return _to_storefront(request, f"/products/{request.path_params['handle']}")


ROUTES = [front, product]


def _to_storefront(request: Request[Any, Any, Any], path: str) -> Redirect:
    origin = stand_in_of(request).options.storefront_origin(shop_of(request).domain)
    return Redirect(f"{origin}{path}", status_code=302)
