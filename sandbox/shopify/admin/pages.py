"""The admin: the shop's apps, and the page that frames one."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, select_autoescape
from litestar import Request, Response, get, post
from litestar.enums import MediaType
from litestar.response import Redirect

from sandbox.shopify import static_files
from sandbox.shopify.admin.entrances import app_query
from sandbox.shopify.options import store_name
from sandbox.shopify.refusals import Unknown
from sandbox.shopify.stand_in import StandIn, stand_in_of
from sandbox.shopify.state.shops import Shop

AnyRequest = Request[Any, Any, Any]
HERE = Path(__file__).parent
APP_NAME = "Earshot"

_jinja = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=select_autoescape(), trim_blocks=True
)


@get("/")
async def root() -> Redirect:
    return Redirect("/_control")


@get("/store/{name:str}")
async def store(request: AnyRequest) -> Response[str]:
    return _page(request, "store.html")


@get(["/store/{name:str}/apps/{api_key:str}", "/store/{name:str}/apps/{api_key:str}/{path:path}"])
async def app(request: AnyRequest) -> Response[str]:
    """The app in a frame; what comes after the key is the app's own path."""
    stand_in, shop = stand_in_of(request), _shop(request)
    if request.path_params["api_key"] != stand_in.options.api_key:
        raise Unknown("There is no app with this key.")
    if not shop.installed:
        return _page(request, "install.html")
    path = str(request.path_params.get("path", "/"))
    query = urlencode({**dict(request.query_params.items()), **app_query(stand_in, shop)})
    return _page(request, "app.html", frame_src=f"{stand_in.options.app_url}{path}?{query}")


@post("/store/{name:str}/apps/{api_key:str}/install", status_code=303)
async def install(request: AnyRequest) -> Redirect:
    stand_in, shop = stand_in_of(request), _shop(request)
    stand_in.merchant.install(shop)
    return Redirect(stand_in.options.app_page(shop.domain), status_code=303)


@get("/store/{name:str}/{path:path}")
async def elsewhere(request: AnyRequest) -> Response[str]:
    """Orders, products and the rest of an admin are not built here."""
    return _page(request, "elsewhere.html", path=request.path_params["path"])


@get("/_admin/static/{name:str}")
async def asset(request: AnyRequest) -> Response[bytes]:
    return static_files.send(HERE / "static", request.path_params["name"])


@get("/favicon.ico")
async def favicon() -> Response[bytes]:
    return static_files.send(HERE / "static", "favicon.svg", cached=True)


ROUTES = [root, store, app, install, elsewhere, asset, favicon]


def _shop(request: AnyRequest) -> Shop:
    return stand_in_of(request).world.shop(f"{request.path_params['name']}.myshopify.com")


def _page(request: AnyRequest, template: str, **context: Any) -> Response[str]:
    stand_in, shop = stand_in_of(request), _shop(request)
    html = _jinja.get_template(template).render(
        shop=shop,
        shops=[_link(stand_in, other) for other in stand_in.world.shops.values()],
        app_name=APP_NAME,
        app_url=stand_in.options.app_url,
        app_page=f"/store/{store_name(shop.domain)}/apps/{stand_in.options.api_key}",
        store_page=f"/store/{store_name(shop.domain)}",
        storefront=stand_in.options.storefront_origin(shop.domain),
        **context,
    )
    return Response(html, media_type=MediaType.HTML)


def _link(stand_in: StandIn, shop: Shop) -> dict[str, str]:
    return {
        "name": shop.name,
        "domain": shop.domain,
        "page": f"/store/{store_name(shop.domain)}/apps/{stand_in.options.api_key}",
    }
