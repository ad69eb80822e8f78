"""The merchant's consent: asked before the first visit and after each release that wants more."""

from typing import Any

from litestar import Request, Response, post
from litestar.response import Redirect

from sandbox.shopify.admin import access_words
from sandbox.shopify.admin.rendering import app_page, page, shop_of, store_page
from sandbox.shopify.refusals import Unknown
from sandbox.shopify.stand_in import stand_in_of

AnyRequest = Request[Any, Any, Any]


@post("/store/{name:str}/apps/{api_key:str}/install", status_code=303)
async def create(request: AnyRequest) -> Redirect:
    """Agreed: straight to the app."""
    insist_on_our_app(request)
    stand_in, shop = stand_in_of(request), shop_of(request)
    stand_in.consents.install(shop)
    stand_in.consents.agree(shop)
    return Redirect(app_page(stand_in, shop), status_code=303)


@post("/store/{name:str}/apps/{api_key:str}/uninstall", status_code=303)
async def destroy(request: AnyRequest) -> Redirect:
    insist_on_our_app(request)
    shop = shop_of(request)
    if shop.installed:
        stand_in_of(request).consents.uninstall(shop)
    return Redirect(store_page(shop), status_code=303)


ROUTES = [create, destroy]


def insist_on_our_app(request: AnyRequest) -> None:
    if request.path_params["api_key"] != stand_in_of(request).options.api_key:
        raise Unknown("There is no app with this key.")


def ask(request: AnyRequest) -> Response[str]:
    """Names each scope; of an installed app only those that are new."""
    stand_in, shop = stand_in_of(request), shop_of(request)
    wanted = stand_in.consents.missing(shop)
    return page(request, "consent.html", access=access_words.told(wanted))
