"""Every version of a shop's settings, and the way back to one."""

from typing import Annotated, Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Template

from app.data import settings, shops
from app.domain.callers import Caller
from app.domain.settings import SettingsInvalid, SettingsStale
from app.doors import Doors
from app.routes import admin_pages, forms, identity, visits
from app.services import shop_settings
from app.shopify.id_tokens import Merchant
from app.views import pages
from app.views import settings_versions as views
from app.views.settings_versions import Versions

_PAGE = 20
_LIST = "settings/_versions.html"
_ON_TOP_OF = "on_top_of"
_LARGEST_NUMBER = 2**31 - 1

AnyRequest = Request[Any, Any, Any]
Before = Annotated[int | None, QueryParameter(ge=1, le=_LARGEST_NUMBER)]


@get("/settings/versions", include_in_schema=False)
async def index(
    request: AnyRequest, doors: NamedDependency[Doors], before: Before = None
) -> Template:
    merchant = await visits.merchant(request, doors)
    versions = await _versions(doors, merchant, before)
    return admin_pages.page(
        request, doors, merchant, "settings/versions.html", fragment=_LIST, versions=versions
    )


@post(
    "/settings/versions/{number:int}/restoration",
    status_code=200,
    request_max_body_size=1_000,
    include_in_schema=False,
)
async def create_restoration(
    request: AnyRequest, number: FromPath[int], doors: NamedDependency[Doors]
) -> Template:
    """A new version that says the same; 409 where somebody has saved since the list was read."""
    merchant = await identity.merchant_of_fetch(request)
    on_top_of = forms.number(await forms.fields(request, {_ON_TOP_OF}), _ON_TOP_OF)
    try:
        await shop_settings.restore(
            doors.data,
            doors.live,
            Caller(merchant.shop, merchant.user),
            min(number, _LARGEST_NUMBER),
            doors.clock(),
            on_top_of=on_top_of,
        )
    except SettingsInvalid as error:
        said = " ".join(error.problems.values())
        return await _refused(doors, merchant, 422, f"Version {number} cannot come back: {said}")
    except SettingsStale:
        return await _refused(doors, merchant, 409, _STALE)
    versions = await _versions(doors, merchant)
    return pages.fragment(_LIST, versions=versions, toast=f"Version {number} restored")


_STALE = "Somebody has saved a newer version meanwhile, and nothing was restored. Look again."


async def _refused(doors: Doors, merchant: Merchant, status_code: int, problem: str) -> Template:
    versions = await _versions(doors, merchant, problem=problem)
    return pages.fragment(_LIST, status_code=status_code, versions=versions)


async def _versions(
    doors: Doors, merchant: Merchant, before: int | None = None, problem: str = ""
) -> Versions:
    async with doors.data.tenant(merchant.shop) as connection:
        await shops.require_installed(connection, merchant.shop)
        newest = (await settings.current(merchant.shop)).version
        found = await settings.versions(connection, merchant.shop, _PAGE + 1, before)
        where = await shops.zone(connection, merchant.shop)
    return views.view(found, newest, _PAGE, doors.clock(), where, problem)
