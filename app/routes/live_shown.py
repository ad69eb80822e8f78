"""Which screen a page wants that says what it shows: rows of a list, or one with its receipt."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from app.domain import notification_filters
from app.doors import Doors
from app.errors import InputInvalid
from app.routes.live_receipt import Receipt
from app.routes.live_rows import Rows
from app.routes.live_screens import Screen
from app.views.environment import Templates

SHOWS, READ_AT, RECEIPT = "shows", "read_at", "receipt"
MOST = 100


def screen(
    query: Mapping[str, str], doors: Doors, shop: str, templates: Templates
) -> Screen | None:
    """None for a page that says nothing; raises InputInvalid for what no page of ours says."""
    if RECEIPT in query:
        return Receipt(doors, shop, _id(query[RECEIPT]))
    if SHOWS not in query:
        return None
    # What makes no sense of the filter is left out of it, as it is on the page.
    wanted, _ = notification_filters.read(query)
    return Rows(doors, shop, templates, _ids(query[SHOWS]), wanted, _moment(query.get(READ_AT, "")))


def _ids(text: str) -> list[UUID]:
    words = text.split(",") if text else []
    if len(words) > MOST:
        raise InputInvalid(f"`{SHOWS}` names more than {MOST} notifications.")
    return [_id(word) for word in words]


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise InputInvalid("A notification is named by its id.") from error


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InputInvalid(f"`{READ_AT}` is no moment.") from error
