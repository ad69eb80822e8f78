"""Events that could not be worked off: listed, replayed, dropped."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Template

from app.data import dead_letters as stored_letters
from app.data import shops
from app.domain.dead_letters import why_it_stays
from app.doors import Doors
from app.routes import admin_pages, identity, visits
from app.services import dead_letters
from app.shopify.id_tokens import Merchant
from app.views import dead_letters as views
from app.views import pages
from app.views.dead_letters import Letters
from app.views.moments import Clock

_PAGE = 50
_LAST_PAGE = 100_000
_FRAGMENT = "dead_letters/_letters.html"

AnyRequest = Request[Any, Any, Any]
Page = Annotated[int, QueryParameter(ge=1, le=_LAST_PAGE)]


@get("/dead-letters", include_in_schema=False)
async def index(request: AnyRequest, doors: NamedDependency[Doors], page: Page = 1) -> Template:
    merchant = await visits.merchant(request, doors)
    return admin_pages.page(
        request,
        doors,
        merchant,
        "dead_letters/index.html",
        fragment=_FRAGMENT,
        letters=await _letters(doors, merchant, page),
    )


@post("/dead-letters/{letter_id:uuid}/replay", status_code=200, include_in_schema=False)
async def create_replay(
    request: AnyRequest, letter_id: FromPath[UUID], doors: NamedDependency[Doors], page: Page = 1
) -> Template:
    """422 where it stays, with the reason above the list."""
    merchant = await identity.merchant_of_fetch(request)
    reason = await dead_letters.replay(doors, merchant.shop, merchant.user, letter_id)
    letters = await _letters(doors, merchant, page)
    if reason is not None:
        letters = letters.after(why_it_stays(reason))
        return pages.fragment(_FRAGMENT, status_code=422, letters=letters)
    toast = "Sent through once more. If it fails again, it comes back here."
    return pages.fragment(_FRAGMENT, toast=toast, letters=letters.after())


@delete("/dead-letters/{letter_id:uuid}", status_code=200, include_in_schema=False)
async def destroy(
    request: AnyRequest, letter_id: FromPath[UUID], doors: NamedDependency[Doors], page: Page = 1
) -> Template:
    merchant = await identity.merchant_of_fetch(request)
    await dead_letters.drop(doors, merchant.shop, merchant.user, letter_id)
    letters = await _letters(doors, merchant, page)
    return pages.fragment(_FRAGMENT, toast="Event dropped", letters=letters.after())


async def _letters(doors: Doors, merchant: Merchant, page: int) -> Letters:
    shop = merchant.shop
    async with doors.data.tenant(shop) as connection:
        await shops.require_installed(connection, shop)
        found = await stored_letters.page_of(connection, shop, _PAGE + 1, (page - 1) * _PAGE)
        where = await shops.zone(connection, shop)
    return views.view(found, page, _PAGE, Clock(doors.clock(), where))
