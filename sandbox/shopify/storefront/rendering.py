"""From a shop and a page to HTML, with what Shopify puts into every page."""

import json
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape
from litestar import Request, Response
from litestar.enums import MediaType
from markupsafe import Markup

from sandbox.shopify.options import store_name
from sandbox.shopify.stand_in import stand_in_of
from sandbox.shopify.state.carts import Cart
from sandbox.shopify.state.installations import Installation
from sandbox.shopify.state.products import Product
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.storefront.design_modes import has_embed, is_design_mode
from sandbox.shopify.storefront.embeds import Metafield, app_embeds
from sandbox.shopify.storefront.languages import direction, language
from sandbox.shopify.storefront.prices import shown
from sandbox.shopify.storefront.visits import cart_cookie, cart_of, shop_of

TEMPLATES = Path(__file__).parent / "templates"
AnyRequest = Request[Any, Any, Any]

_jinja = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape(), trim_blocks=True
)


def page(
    request: AnyRequest,
    template: str,
    page_type: str,
    *,
    product: Product | None = None,
    status_code: int = 200,
    **context: Any,
) -> Response[str]:
    """`page_type` is Liquid's `request.page_type`: index, collection, product, cart, page."""
    shop, cart = shop_of(request), cart_of(request)
    locale = language(request, shop)
    html = _jinja.get_template(template).render(
        shop=shop,
        theme=store_name(shop.domain),
        cart=cart,
        locale=locale,
        direction=direction(locale),
        price=lambda amount: shown(shop, amount),
        page_type=page_type,
        product=product,
        shopify=_globals_of_scripts(shop, locale, is_design_mode(request)),
        embeds=Markup(_embeds(request, cart, page_type, locale, product)),
        **context,
    )
    cookies = [cart_cookie(shop, cart)]
    return Response(html, media_type=MediaType.HTML, cookies=cookies, status_code=status_code)


def _globals_of_scripts(shop: Shop, locale: str, is_design: bool) -> Markup:
    """The `Shopify` object that scripts on a storefront find."""
    known = {
        "shop": shop.domain,
        "locale": locale,
        "currency": {"active": shop.currency, "rate": "1.0"},
        "country": shop.country_code,
        "theme": {"id": str(shop.theme_id), "name": shop.name, "role": "main"},
        "routes": {"root": "/"},
        "designMode": is_design,
    }
    return Markup(json.dumps(known).replace("<", "\\u003c"))


def _metafields(installation: Installation) -> dict[str, dict[str, Metafield]]:
    """What the app wrote, by namespace and key."""
    found: dict[str, dict[str, Metafield]] = {}
    for field in installation.metafields:
        found.setdefault(field.namespace, {})[field.key] = Metafield(field.value)
    return found


def _embeds(
    request: AnyRequest, cart: Cart, page_type: str, locale: str, product: Product | None
) -> str:
    options, shop = stand_in_of(request).options, shop_of(request)
    if shop.installation is None or not has_embed(request, shop):
        return ""
    return app_embeds(
        options.extension,
        {
            "app": {"metafields": _metafields(shop.installation)},
            "shop": {
                "permanent_domain": shop.domain,
                "name": shop.name,
                "currency": shop.currency,
                "url": options.storefront_origin(shop.domain),
            },
            "request": {
                "page_type": page_type,
                "locale": {"iso_code": locale, "root_url": "/"},
                "design_mode": is_design_mode(request),
            },
            "localization": {"country": {"iso_code": shop.country_code}},
            "routes": {"root_url": "/"},
            "cart": {"currency": {"iso_code": shop.currency}, "item_count": cart.count},
            "product": None if product is None else {"id": product.id, "handle": product.handle},
        },
    )
