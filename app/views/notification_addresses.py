"""Where the list of notifications is found, filtered or not."""

from urllib.parse import urlencode

from app.domain.notification_filters import Filter

LIST = "/notifications"


def of(wanted: Filter, **changes: object) -> str:
    """The list that a filter lets through; `changes` in place of its wishes, or beside them."""
    query = urlencode(wanted.query(**changes))
    return f"{LIST}?{query}" if query else LIST
