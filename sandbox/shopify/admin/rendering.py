"""From a shop and who looks at it to a page of the admin."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape
from litestar import Request, Response
from litestar.enums import MediaType

from sandbox.shopify.admin.staff import staff_cookie, staff_of
from sandbox.shopify.options import store_name
from sandbox.shopify.stand_in import StandIn, stand_in_of
from sandbox.shopify.state.shops import Shop

AnyRequest = Request[Any, Any, Any]
HERE = Path(__file__).parent

_jinja = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=select_autoescape(), trim_blocks=True
)


def shop_of(request: AnyRequest) -> Shop:
    """By the store's name in the address. Raises Unknown."""
    return stand_in_of(request).world.shop(f"{request.path_params['name']}.myshopify.com")


def page(request: AnyRequest, template: str, /, **context: Any) -> Response[str]:
    stand_in, shop = stand_in_of(request), shop_of(request)
    staff = staff_of(request, shop)
    html = _jinja.get_template(template).render(
        shop=shop,
        shops=[_link(stand_in, other) for other in stand_in.world.shops.values()],
        staff=staff,
        app_name=stand_in.world.app.name,
        app_url=stand_in.options.app_url,
        app_page=app_page(stand_in, shop),
        store_page=store_page(shop),
        storefront=stand_in.options.storefront_origin(shop.domain),
        **context,
    )
    return Response(html, media_type=MediaType.HTML, cookies=[staff_cookie(shop, staff)])


def store_page(shop: Shop) -> str:
    return f"/store/{store_name(shop.domain)}"


def app_page(stand_in: StandIn, shop: Shop) -> str:
    return f"{store_page(shop)}/apps/{stand_in.options.api_key}"


def _link(stand_in: StandIn, shop: Shop) -> dict[str, str]:
    page = app_page(stand_in, shop) if shop.installed else store_page(shop)
    return {"name": shop.name, "domain": shop.domain, "page": page}
