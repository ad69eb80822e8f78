"""The setup guide put away for good, and taken out again."""

from typing import Any

from litestar import Request, delete, post
from litestar.di import NamedDependency
from litestar.response import Template

from app.doors import Doors
from app.routes import home_parts, identity, notification_lists
from app.services import setup_guides
from app.shopify.id_tokens import Merchant
from app.views import pages

_PATH = "/setup-guide/dismissal"

AnyRequest = Request[Any, Any, Any]


@post(_PATH, status_code=200, request_max_body_size=1_000, include_in_schema=False)
async def create(request: AnyRequest, doors: NamedDependency[Doors]) -> Template:
    merchant = await identity.merchant_of_fetch(request)
    await setup_guides.dismiss(doors, merchant)
    return await _drawn(doors, merchant, toast="Setup guide hidden")


@delete(_PATH, status_code=200, include_in_schema=False)
async def destroy(request: AnyRequest, doors: NamedDependency[Doors]) -> Template:
    merchant = await identity.merchant_of_fetch(request)
    await setup_guides.bring_back(doors, merchant)
    return await _drawn(doors, merchant)


async def _drawn(doors: Doors, merchant: Merchant, toast: str | None = None) -> Template:
    listed = await notification_lists.latest(doors, merchant.shop)
    parts = await home_parts.read(doors, merchant.shop, listed)
    return pages.fragment("home/_setup_guide.html", toast=toast, **parts)
