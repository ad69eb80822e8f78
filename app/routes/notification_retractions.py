"""Takes a notification back, on the merchant's word."""

from typing import Any
from uuid import UUID

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from app.data import notifications
from app.domain.callers import Caller
from app.doors import Doors
from app.errors import NotificationUnknown
from app.routes import forms, identity, notification_lists
from app.services import retracting
from app.views import pages
from app.views.notifications import NotificationView

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
    """Its row, as it is now; once more is no mistake."""
    merchant = await identity.merchant_of_fetch(request)
    await forms.fields(request, ())
    caller = Caller(merchant.shop, merchant.user)
    done = await retracting.retract(doors, caller, notification_id)
    return pages.fragment(
        "notifications/_row.html",
        toast=_DONE if done.is_announced else _DONE_LATER,
        notification=await _row(doors, merchant.shop, notification_id),
        takes_focus=True,
    )


async def _row(doors: Doors, shop: str, notification_id: UUID) -> NotificationView:
    async with doors.data.tenant(shop) as connection:
        found = await notifications.find(shop, notification_id)
        if found is None:
            raise NotificationUnknown(str(notification_id))
        [row] = await notification_lists.viewed(connection, doors, shop, [found])
    return row
