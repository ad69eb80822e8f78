"""What proves a notification: the stored events behind it, and what became of it by hand."""

from datetime import datetime
from uuid import UUID

import msgspec

PLACED = "order.created"


class Proof(msgspec.Struct, frozen=True):
    """One stored event behind a notification, with the webhook it came by.

    For an order `occurred_at` is when it was placed; `changed_at` is when what the event tells of
    happened.
    """

    id: UUID
    type: str
    entity: str
    occurred_at: datetime
    changed_at: datetime
    received_at: datetime
    webhook_id: str
    topic: str

    @property
    def happened_at(self) -> datetime:
        return self.occurred_at if self.type == PLACED else self.changed_at


class Deed(msgspec.Struct, frozen=True):
    """What somebody did by hand: `actor` as in a Caller, `name` as far as it is known."""

    at: datetime
    actor: str
    name: str | None
