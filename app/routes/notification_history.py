"""What a shop's shoppers were told, found again: filtered, searched, page by page."""

from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.response import Template

from app.data import notified_products, shops
from app.data.database import Connection
from app.data.notification_pages import Listing, Page
from app.domain import cursors, days, notification_filters
from app.domain.notification_filters import Filter
from app.doors import Doors
from app.routes import admin_pages, live_positions, notification_lists, visits
from app.views import notification_history as views
from app.views.notification_history import History, Part

PAGE = 25
# Products to choose from are those of so many notifications.
_CHOICE = 500

_NO_PLACE = "The address names no page of this list, so it begins with the newest."

AnyRequest = Request[Any, Any, Any]
Query = dict[str, str]


@get("/notifications", include_in_schema=False)
async def index(request: AnyRequest, doors: NamedDependency[Doors]) -> Template:
    merchant = await visits.merchant(request, doors)
    history = await _history(doors, merchant.shop, dict(request.query_params))
    return admin_pages.page(
        request,
        doors,
        merchant,
        "notifications/index.html",
        fragment="notifications/_answer.html",
        history=history,
    )


async def _history(doors: Doors, shop: str, query: Query) -> History:
    """What makes no sense in a query is told, and left out."""
    wanted, problems = notification_filters.read(query)
    # Before the list is read, so that the stream goes on where the list ends.
    position, now = await live_positions.now(doors, shop), doors.clock()
    async with doors.data.tenant(shop) as connection:
        await shops.require_installed(connection, shop)
        where = await shops.zone(connection, shop)
        listing = Listing(connection, shop, wanted, where)
        page = await _page(listing, query, problems)
        part = Part(
            rows=await notification_lists.viewed(connection, doors, shop, page.notifications),
            number=await _number(listing, page),
            newer=page.newer,
            older=page.older,
            read_at=now,
            position=position,
        )
        products = await _products(connection, shop, wanted)
    form = views.form(query, problems)
    return History(part, wanted, form, products, days.day_of(now, where))


async def _page(listing: Listing, query: Query, problems: dict[str, str]) -> Page:
    """Whoever goes back to the beginning finds it whole, with all that has come since."""
    places = {name: cursors.parse(query[name]) for name in ("after", "before") if query.get(name)}
    if None in places.values() or len(places) > 1:
        problems["place"] = _NO_PLACE
        places = {}
    page = await listing.page(PAGE, **places)
    if "before" in places and page.newer is None:
        return await listing.page(PAGE)
    return page


async def _number(listing: Listing, page: Page) -> int:
    """Of all there are; a page that is all there is says so itself."""
    if page.newer or page.older:
        return await listing.count(views.MOST_COUNTED + 1)
    return len(page.notifications)


async def _products(connection: Connection, shop: str, wanted: Filter) -> list[views.Option]:
    found = await notified_products.latest(connection, shop, _CHOICE)
    titles = {each.id: each.title for each in found}
    if wanted.product is not None and wanted.product not in titles:
        title = await notified_products.title_of(connection, shop, wanted.product)
        titles[wanted.product] = title or f"Product {wanted.product}"
    return [("", "Any product"), *((str(number), title) for number, title in titles.items())]
