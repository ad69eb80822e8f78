"""The admin: the shop's apps, and the page that frames one."""

from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get
from litestar.response import Redirect

from sandbox.shopify import static_files
from sandbox.shopify.admin import consents
from sandbox.shopify.admin.entrances import app_query
from sandbox.shopify.admin.rendering import HERE, page, shop_of
from sandbox.shopify.admin.staff import staff_of
from sandbox.shopify.stand_in import stand_in_of

AnyRequest = Request[Any, Any, Any]


@get("/")
async def root() -> Redirect:
    return Redirect("/_control")


@get("/store/{name:str}")
async def store(request: AnyRequest) -> Response[str]:
    return page(request, "store.html")


@get(["/store/{name:str}/apps/{api_key:str}", "/store/{name:str}/apps/{api_key:str}/{path:path}"])
async def app(request: AnyRequest) -> Response[str]:
    """The app in a frame, once the merchant has agreed; the rest of the path is the app's own."""
    stand_in, shop = stand_in_of(request), shop_of(request)
    consents.insist_on_our_app(request)
    if not shop.installed or stand_in.consents.missing(shop):
        return consents.ask(request)
    stand_in.consents.agree(shop)
    path = str(request.path_params.get("path", "/"))
    given = {name: value for name, value in request.query_params.items() if name != "staff"}
    query = urlencode({**given, **app_query(stand_in, shop, staff_of(request, shop))})
    return page(request, "app.html", frame_src=f"{stand_in.options.app_url}{path}?{query}")


@get("/store/{name:str}/{path:path}")
async def elsewhere(request: AnyRequest) -> Response[str]:
    """Orders, products and the rest of an admin are not built here."""
    return page(request, "elsewhere.html", path=request.path_params["path"])


@get("/_admin/static/{name:str}")
async def asset(request: AnyRequest) -> Response[bytes]:
    return static_files.send(HERE / "static", request.path_params["name"])


@get("/favicon.ico")
async def favicon() -> Response[bytes]:
    return static_files.send(HERE / "static", "favicon.svg", cached=True)


ROUTES = [root, store, app, elsewhere, asset, favicon]
