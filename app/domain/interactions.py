"""What a shopper's browser tells of cards: seen, clicked, dismissed."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

Kind = Literal["impression", "click", "dismissal"]


class Interaction(msgspec.Struct, frozen=True):
    kind: Kind
    notification: UUID
    rule: UUID
    at: Annotated[datetime, msgspec.Meta(tz=True)]
    revision: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] = 1

    def __post_init__(self) -> None:
        # At the ends of the calendar a moment has no equal in every time zone.
        if not 2000 <= self.at.year <= 2100:
            raise ValueError("`at` is not of this century")


class Batch(msgspec.Struct, frozen=True):
    """One beacon; a repeated `batch` counts once."""

    batch: UUID
    items: Annotated[tuple[Interaction, ...], msgspec.Meta(min_length=1, max_length=100)]
