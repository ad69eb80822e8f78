"""What a shop's shoppers were told, for programs: a list, one with its receipt, and taking back."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from app.data import events, notifications, settings
from app.data.events import Proof
from app.data.notifications import Wanted
from app.domain import announcements, cursors, frames
from app.domain.callers import Caller
from app.domain.cursors import Cursor
from app.domain.notifications import Notification, State
from app.domain.settings import Privacy
from app.doors import Doors
from app.errors import InputInvalid, NotificationUnknown
from app.routes.api import descriptions
from app.services import retracting

LONGEST_PAGE = 100


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One notification; `facts` are those its card shows, `reason` says why it was taken back."""

    id: UUID
    revision: int
    rule: UUID
    kind: str
    subject: str
    state: State
    reason: str | None
    facts: frames.Facts
    occurred_at: datetime
    impressions: int


class Page(msgspec.Struct, frozen=True):
    """Newest first; `next` goes on after the last of them, and is null at the end."""

    notifications: list[Told]
    next: str | None


class Receipt(msgspec.Struct, frozen=True):
    """A notification with the stored events that prove it, oldest first."""

    notification: Told
    proof: list[Proof]


@get(
    "/notifications",
    summary="List notifications, newest first",
    responses=descriptions.refusals(400),
)
async def index(
    caller: NamedDependency[Caller],
    doors: NamedDependency[Doors],
    limit: Annotated[int, QueryParameter(ge=1, le=LONGEST_PAGE)] = 20,
    in_state: Annotated[State | None, QueryParameter(name="state")] = None,
    kind: FromQuery[str | None] = None,
    product: Annotated[int | None, QueryParameter(ge=0, le=2**63 - 1)] = None,
    after: FromQuery[str | None] = None,
) -> Page:
    shop, wanted = caller.shop, Wanted(in_state, kind, product)
    async with doors.data.tenant(shop) as connection:
        # One more than asked for tells whether there is a next page.
        found = await notifications.page(connection, shop, wanted, _cursor(after), limit + 1)
        shown = found[:limit]
        seen = await notifications.impressions(connection, shop, [each.id for each in shown])
        privacy = (await settings.current(shop)).settings.privacy
    return Page(
        [_told(each, seen.get(each.id, 0), privacy) for each in shown],
        str(Cursor(shown[-1].occurred_at, shown[-1].id)) if len(found) > limit else None,
    )


@get(
    "/notifications/{notification_id:uuid}",
    summary="Show a notification with what proves it",
    responses=descriptions.refusals(400),
)
async def show(
    notification_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    doors: NamedDependency[Doors],
) -> Receipt:
    async with doors.data.tenant(caller.shop) as connection:
        found = await notifications.find(caller.shop, notification_id)
        if found is None:
            raise NotificationUnknown(str(notification_id))
        seen = await notifications.impressions(connection, caller.shop, [found.id])
        proof = await events.proving(caller.shop, found.proof)
        privacy = (await settings.current(caller.shop)).settings.privacy
    return Receipt(_told(found, seen.get(found.id, 0), privacy), proof)


@post(
    "/notifications/{notification_id:uuid}/retraction",
    status_code=200,
    summary="Take a notification back; open pages drop its card",
    responses=descriptions.refusals(400),
)
async def create_retraction(
    notification_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    doors: NamedDependency[Doors],
) -> Told:
    withdrawn = await retracting.retract(doors, caller, notification_id)
    async with doors.data.tenant(caller.shop) as connection:
        seen = await notifications.impressions(connection, caller.shop, [withdrawn.id])
        privacy = (await settings.current(caller.shop)).settings.privacy
    return _told(withdrawn, seen.get(withdrawn.id, 0), privacy)


def _cursor(text: str | None) -> Cursor | None:
    if text is None:
        return None
    cursor = cursors.parse(text)
    if cursor is None:
        raise InputInvalid("`after` is not the `next` of an earlier page.")
    return cursor


def _told(notification: Notification, impressions: int, privacy: Privacy) -> Told:
    card = announcements.card(notification, privacy)
    return Told(
        id=card.id,
        revision=card.revision,
        rule=card.rule,
        kind=card.kind,
        subject=card.subject,
        state=notification.state,
        reason=notification.reason,
        facts=card.facts,
        occurred_at=card.occurred_at,
        impressions=impressions,
    )
