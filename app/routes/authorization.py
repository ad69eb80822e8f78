"""The way in for shops without managed installation."""

from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.response import Redirect

from app.domain import shops
from app.doors import Doors
from app.errors import AuthorizationRefused
from app.routes import identity
from app.services import authorization
from app.shopify import authorization as shopify_authorization

AnyRequest = Request[Any, Any, Any]
_NOT_KEPT = {"Cache-Control": "no-store"}


@get("/auth/start", include_in_schema=False)
async def start(request: AnyRequest, doors: NamedDependency[Doors]) -> Redirect:
    named = request.query_params.getall("shop", [])
    if len(named) != 1 or not shops.is_domain(named[0]):
        raise AuthorizationRefused("The address names no shop.")
    return Redirect(await authorization.begin(doors, named[0]), headers=_NOT_KEPT)


@get("/auth/callback", include_in_schema=False)
async def callback(request: AnyRequest, doors: NamedDependency[Doors]) -> Redirect:
    query = identity.query_of(request)
    consent = shopify_authorization.read(query, doors.settings.shopify_secrets, doors.clock())
    await authorization.complete(doors, consent)
    return Redirect(identity.in_admin(doors.settings, consent.shop), headers=_NOT_KEPT)
