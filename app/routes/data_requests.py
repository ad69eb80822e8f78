"""Requests about privacy: how far each is, and what was gathered for a customer."""

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Template

from app.data import compliance_requests, shops
from app.doors import Doors
from app.routes import admin_pages, identity, visits
from app.services.privacy import exports
from app.shopify.id_tokens import Merchant
from app.views import data_requests as views
from app.views.data_requests import Requests
from app.views.moments import Clock

_PAGE = 50
_LAST_PAGE = 100_000

AnyRequest = Request[Any, Any, Any]
Page = Annotated[int, QueryParameter(ge=1, le=_LAST_PAGE)]


@get("/data-requests", include_in_schema=False)
async def index(request: AnyRequest, doors: NamedDependency[Doors], page: Page = 1) -> Template:
    merchant = await visits.merchant(request, doors)
    return admin_pages.page(
        request,
        doors,
        merchant,
        "data_requests/index.html",
        fragment="data_requests/_requests.html",
        requests=await _requests(doors, merchant, page),
    )


@get("/data-requests/{webhook_id:str}/export", include_in_schema=False)
async def show_export(
    request: AnyRequest, webhook_id: FromPath[str], doors: NamedDependency[Doors]
) -> Response[bytes]:
    """Fetched by static/js/downloads.js: a link could not carry the ID token."""
    merchant = await identity.merchant_of_fetch(request)
    content = await exports.hand_over(doors, merchant, webhook_id)
    return Response(
        content,
        media_type="application/json",
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": "attachment",
            "X-Content-Type-Options": "nosniff",
        },
    )


async def _requests(doors: Doors, merchant: Merchant, page: int) -> Requests:
    shop = merchant.shop
    async with doors.data.tenant(shop) as connection:
        await shops.require_installed(connection, shop)
        offset = (page - 1) * _PAGE
        found = await compliance_requests.page_of(connection, shop, _PAGE + 1, offset)
        where = await shops.zone(connection, shop)
    return views.view(found, page, _PAGE, Clock(doors.clock(), where))
