"""How the shop stands: told by the merchant's page, and to it."""

from typing import Annotated, Any, get_args

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.response import Template

from app.domain.standings import Embed
from app.doors import Doors
from app.errors import InputInvalid
from app.routes import forms, home_parts, identity, notification_lists
from app.services import embeds
from app.shopify.id_tokens import Merchant
from app.views import pages

_STATUS = "status"
_KNOWN: dict[str, Embed] = {status: status for status in get_args(Embed)}

AnyRequest = Request[Any, Any, Any]
Done = Annotated[int | None, QueryParameter(ge=0, le=10)]


@get("/standing", include_in_schema=False)
async def show(request: AnyRequest, doors: NamedDependency[Doors], done: Done = None) -> Template:
    """Asked for by the open home page, again and again; `done` is how far its guide is."""
    return await _drawn(doors, await identity.merchant_of_fetch(request), done)


@post("/embed", status_code=200, request_max_body_size=1_000, include_in_schema=False)
async def note_embed(
    request: AnyRequest, doors: NamedDependency[Doors]
) -> Template | Response[None]:
    """What App Bridge says of the theme; nothing is drawn where that is known."""
    merchant = await identity.merchant_of_fetch(request)
    said = (await forms.fields(request, {_STATUS})).get(_STATUS, [])
    if len(said) != 1 or said[0] not in _KNOWN:
        raise InputInvalid(f"The embed's status is {', '.join(_KNOWN)}.")
    if not await embeds.note(doors, merchant, _KNOWN[said[0]]):
        return Response(None, status_code=204)
    return await _drawn(doors, merchant, None)


async def _drawn(doors: Doors, merchant: Merchant, done: int | None) -> Template:
    listed = await notification_lists.latest(doors, merchant.shop)
    parts = await home_parts.read(doors, merchant.shop, listed)
    guide = parts["guide"]
    # An open guide stays as the merchant has it, as long as it says what is so.
    with_guide = guide.done != done and not guide.is_dismissed
    return pages.fragment("home/_standing_message.html", with_guide=with_guide, **parts)
