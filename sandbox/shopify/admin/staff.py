"""Who is looking at the admin: one browser is one person, chosen by `?staff=` and remembered."""

from typing import Any

from litestar import Request
from litestar.datastructures import Cookie

from sandbox.shopify.options import store_name
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.state.staff import Staff

AnyRequest = Request[Any, Any, Any]


def staff_of(request: AnyRequest, shop: Shop) -> Staff:
    """The owner, unless somebody else was chosen."""
    chosen = request.query_params.get("staff") or request.cookies.get(_cookie_name(shop))
    return shop.member(chosen)


def staff_cookie(shop: Shop, staff: Staff) -> Cookie:
    """Cookies do not tell shops apart, so each has one of its own."""
    return Cookie(key=_cookie_name(shop), value=staff.key, samesite="lax", max_age=86_400)


def _cookie_name(shop: Shop) -> str:
    return f"staff_{store_name(shop.domain)}"
