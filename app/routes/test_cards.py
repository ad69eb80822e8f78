"""A test card for the page that asks for one, and why one did not arrive."""

from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from app.domain.previews import Viewer
from app.doors import Doors
from app.routes import forms, identity
from app.routes.settings_drafts import VIEWER, viewer_id
from app.services import test_cards
from app.services.intake import Intake
from app.views import pages

_STATE = "settings/_test_card.html"


@post("/test-cards", status_code=202, request_max_body_size=1_000, include_in_schema=False)
async def create(
    request: Request[Any, Any, Any],
    doors: NamedDependency[Doors],
    intake: NamedDependency[Intake],
) -> Template:
    """Answered once it is on its way; it arrives over /live."""
    merchant = await identity.merchant_of_fetch(request)
    viewer = Viewer(viewer_id(await forms.fields(request, {VIEWER})), merchant.user)
    card = await test_cards.send(doors, intake, merchant.shop, viewer)
    return pages.fragment(_STATE, status_code=202, card=str(card), place=None)


@get("/test-cards/{card:uuid}", include_in_schema=False)
async def show(
    request: Request[Any, Any, Any], card: FromPath[UUID], doors: NamedDependency[Doors]
) -> Template:
    """Asked for only when it did not arrive in time."""
    merchant = await identity.merchant_of_fetch(request)
    place = await test_cards.place(doors, merchant.shop, card)
    return pages.fragment(_STATE, card=str(card), place=place)
