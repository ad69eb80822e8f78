"""The first page inside the admin, and the page that fetches a token for it."""

from typing import Any

from litestar import MediaType, Request, Response, get
from litestar.di import NamedDependency
from litestar.response import Template

from app.domain import shops
from app.doors import Doors
from app.errors import LiveUnavailable
from app.routes import admin_pages, framing, home_parts, identity, notification_lists, visits


@get("/", include_in_schema=False)
async def index(request: Request[Any, Any, Any], doors: NamedDependency[Doors]) -> Template:
    visit = await visits.begin(request, doors)
    merchant = visit.merchant
    # Before the list is read, so that the stream goes on where the list ends.
    position = await _position(doors, merchant.shop)
    found = await notification_lists.latest(doors, merchant.shop)
    parts = await home_parts.read(
        doors,
        merchant.shop,
        found,
        shopify_is_away=visit.shopify_is_away,
        lacking=visit.lacking,
    )
    return admin_pages.page(
        request,
        doors,
        merchant,
        "home/index.html",
        fragment="home/_notifications.html",
        notifications=found.notifications,
        figures=found.figures,
        position=position,
        **parts,
    )


@get(identity.BOUNCE_PATH, include_in_schema=False)
async def bounce(request: Request[Any, Any, Any], doors: NamedDependency[Doors]) -> Response[Any]:
    """App Bridge on this page reads `shopify-reload` and fetches it with a fresh token."""
    if not identity.is_safe_reload(request.query_params.get("shopify-reload", "")):
        return Response(
            "shopify-reload must be a path of this app.", status_code=400, media_type=MediaType.TEXT
        )
    shop = request.query_params.get("shop", "")
    return Template(
        "auth/bounce.html",
        context={
            "api_key": doors.settings.shopify_api_key,
            "app_bridge_url": doors.settings.app_bridge_url,
        },
        headers=framing.bridged_headers(doors.settings, shop if shops.is_domain(shop) else None),
    )


async def _position(doors: Doors, shop: str) -> str:
    """Empty while Redis is away: the list is then right, but does not grow."""
    try:
        return str(await doors.live.position(shop))
    except LiveUnavailable:
        return ""
