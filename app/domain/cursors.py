"""A place in a list that is read in pieces while it grows: after which row to go on."""

import base64
import binascii
from datetime import UTC, datetime
from uuid import UUID

import msgspec


class Cursor(msgspec.Struct, frozen=True):
    """The last row that was read; `at` is aware."""

    at: datetime
    id: UUID

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(f"{self.at.isoformat()} {self.id}".encode()).decode()


def parse(text: str) -> Cursor | None:
    """None for whatever is no cursor: clients send what they like."""
    try:
        at, _, row_id = (
            base64.b64decode(text.encode(), b"-_", validate=True).decode().partition(" ")
        )
        moment = datetime.fromisoformat(at)
        return Cursor(moment.astimezone(UTC), UUID(row_id)) if moment.tzinfo else None
    except (binascii.Error, ValueError, OverflowError):
        return None
