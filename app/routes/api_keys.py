"""Keys for programs: made, shown once, listed, revoked."""

from typing import Any
from uuid import UUID

from litestar import Request, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from app.data import api_keys as stored_keys
from app.data import shops, staff
from app.doors import Doors
from app.errors import InputInvalid
from app.routes import admin_pages, forms, identity, visits
from app.services import api_keys
from app.shopify.id_tokens import Merchant
from app.views import api_keys as views
from app.views import pages
from app.views.api_keys import Keys, NewKey
from app.views.forms import Form
from app.views.moments import Clock

_REVOKED_SHOWN = 20
_NAME = "name"

AnyRequest = Request[Any, Any, Any]


@get("/api-keys", include_in_schema=False)
async def index(request: AnyRequest, doors: NamedDependency[Doors]) -> Template:
    merchant = await visits.merchant(request, doors)
    return admin_pages.page(
        request,
        doors,
        merchant,
        "api_keys/index.html",
        fragment="api_keys/_keys.html",
        keys=await _keys(doors, merchant),
        form=views.EMPTY,
        app_url=doors.settings.app_base_url,
    )


@post("/api-keys", request_max_body_size=4_000, include_in_schema=False)
async def create(request: AnyRequest, doors: NamedDependency[Doors]) -> Template:
    """The one answer that ever holds the key; 422 with what was typed and what is wrong with it."""
    merchant = await identity.merchant_of_fetch(request)
    typed = await forms.fields(request, {_NAME})
    name = forms.text(typed, _NAME)
    try:
        key, token = await api_keys.create(doors, merchant, name)
    except InputInvalid as error:
        form = Form(typed, {_NAME: str(error)})
        return pages.fragment("api_keys/_form.html", status_code=422, form=form)
    keys = (await _keys(doors, merchant)).after(NewKey(key.name, token))
    answer = pages.fragment("api_keys/_created.html", keys=keys, form=views.EMPTY)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@delete("/api-keys/{key_id:uuid}", status_code=200, include_in_schema=False)
async def destroy(
    request: AnyRequest, key_id: FromPath[UUID], doors: NamedDependency[Doors]
) -> Template:
    merchant = await identity.merchant_of_fetch(request)
    key = await api_keys.revoke(doors, merchant, key_id)
    keys = (await _keys(doors, merchant)).after()
    return pages.fragment("api_keys/_keys.html", keys=keys, toast=f"Key “{key.name}” revoked")


async def _keys(doors: Doors, merchant: Merchant) -> Keys:
    shop = merchant.shop
    async with doors.data.tenant(shop) as connection:
        await shops.require_installed(connection, shop)
        in_use = await stored_keys.in_use(connection, shop)
        revoked = await stored_keys.revoked(connection, shop, _REVOKED_SHOWN)
        authors = {key.created_by for key in (*in_use, *revoked)}
        names = await staff.names(connection, shop, authors)
        where = await shops.zone(connection, shop)
    return views.view(in_use, revoked, names, Clock(doors.clock(), where))
