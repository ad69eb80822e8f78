"""Takes a notification back, on the merchant's word."""

from typing import Any
from uuid import UUID

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from app.domain.callers import Caller
from app.doors import Doors
from app.routes import forms, identity, notification_lists, notification_receipts
from app.services import retracting
from app.views import pages

_ROW, _RECEIPT = "notifications/_row.html", "notifications/_receipt.html"
_DONE = "Notification retracted"
_DONE_LATER = "Retracted. Open pages cannot be reached just now, and drop the card when they can"


@post(
    "/notifications/{notification_id:uuid}/retraction",
    status_code=200,
    request_max_body_size=1_000,
    include_in_schema=False,
)
async def create(
    request: Request[Any, Any, Any],
    notification_id: FromPath[UUID],
    doors: NamedDependency[Doors],
) -> Template:
    """Its row or its page, whichever asks, as it is now; once more is no mistake."""
    merchant = await identity.merchant_of_fetch(request)
    await forms.fields(request, ())
    caller = Caller(merchant.shop, merchant.user)
    done = await retracting.retract(doors, caller, notification_id)
    toast = _DONE if done.is_announced else _DONE_LATER
    if pages.target(request).startswith("tr"):
        row = await notification_lists.one(doors, merchant.shop, notification_id)
        return pages.fragment(_ROW, toast=toast, notification=row, takes_focus=True)
    receipt = await notification_receipts.read(doors, merchant.shop, notification_id)
    return pages.fragment(
        _RECEIPT, toast=toast, receipt=receipt, shop=merchant.shop, takes_focus=True
    )
