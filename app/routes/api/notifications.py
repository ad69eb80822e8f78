"""What a shop's shoppers were told, for programs: a list, one with its receipt, and taking back."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from app.data import events, interaction_counts, notifications, settings, shops
from app.data.interaction_counts import Counts
from app.data.notification_pages import Listing
from app.domain import announcements, cursors, frames
from app.domain.callers import Caller
from app.domain.cursors import Cursor
from app.domain.notification_filters import LONGEST_TEXT, Filter
from app.domain.notifications import Notification, State
from app.domain.receipts import Proof
from app.domain.settings import Privacy
from app.doors import Doors
from app.errors import InputInvalid, NotificationUnknown
from app.routes.api import descriptions
from app.services import retracting

LONGEST_PAGE = 100

_DAY = QueryParameter(description="A day of the shop's own calendar, included")
_TEXT = QueryParameter(
    name="q",
    max_length=LONGEST_TEXT,
    description="Words of the product's title, in any order, without regard to case and accents",
)


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
    clicks: int
    dismissals: int


class Page(msgspec.Struct, frozen=True):
    """Newest first. `next` is what to go on `after` and null at the end; `previous` is what to go
    back `before` and null at the beginning."""

    notifications: list[Told]
    next: str | None
    previous: str | None


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
    kind: Annotated[str | None, QueryParameter(pattern=r"^[a-z][a-z-]{0,63}\Z")] = None,
    product: Annotated[int | None, QueryParameter(ge=0, le=2**63 - 1)] = None,
    since: Annotated[date | None, _DAY] = None,
    until: Annotated[date | None, _DAY] = None,
    text: Annotated[str, _TEXT] = "",
    after: FromQuery[str | None] = None,
    before: FromQuery[str | None] = None,
) -> Page:
    wanted = Filter(state=in_state, kind=kind, product=product, since=since, until=until, text=text)
    if after is not None and before is not None:
        raise InputInvalid("Go on `after` a place or back `before` one, not both.")
    async with doors.data.tenant(caller.shop) as connection:
        zone = await shops.zone(connection, caller.shop)
        page = await Listing(connection, caller.shop, wanted, zone).page(
            limit, after=_cursor("after", after), before=_cursor("before", before)
        )
        ids = [each.id for each in page.notifications]
        counts = await interaction_counts.of_each(connection, caller.shop, ids)
        privacy = (await settings.current(caller.shop)).settings.privacy
    return Page(
        [_told(each, counts[each.id], privacy) for each in page.notifications],
        _written(page.older),
        _written(page.newer),
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
        counts = await interaction_counts.of_each(connection, caller.shop, [found.id])
        proof = await events.proving(connection, caller.shop, found.proof)
        privacy = (await settings.current(caller.shop)).settings.privacy
    return Receipt(_told(found, counts[found.id], privacy), proof)


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
    withdrawn = (await retracting.retract(doors, caller, notification_id)).notification
    async with doors.data.tenant(caller.shop) as connection:
        counts = await interaction_counts.of_each(connection, caller.shop, [withdrawn.id])
        privacy = (await settings.current(caller.shop)).settings.privacy
    return _told(withdrawn, counts[withdrawn.id], privacy)


def _cursor(name: str, text: str | None) -> Cursor | None:
    if text is None:
        return None
    cursor = cursors.parse(text)
    if cursor is None:
        raise InputInvalid(f"`{name}` is no place that another page names.")
    return cursor


def _written(cursor: Cursor | None) -> str | None:
    return str(cursor) if cursor else None


def _told(notification: Notification, counts: Counts, privacy: Privacy) -> Told:
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
        impressions=counts.impressions,
        clicks=counts.clicks,
        dismissals=counts.dismissals,
    )
