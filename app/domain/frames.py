"""What travels to shoppers: the data of each event, and the message that carries it."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from app.domain import positions
from app.domain.positions import Position

Event = Literal["notification", "retraction", "settings", "reset"]
# Between our own processes: the shop has left, and its streams end.
FAREWELL = "farewell"


class Product(Struct, frozen=True):
    """A product as a card shows it. Shopify's id is text: it outgrows a browser's numbers."""

    id: str
    title: str
    url: str | None
    image: str | None


class Facts(Struct, frozen=True):
    """What a sentence may be composed of; what is not known is left out."""

    product: Product | UnsetType = UNSET
    quantity: Annotated[int, Meta(ge=1)] | UnsetType = UNSET
    name: str | UnsetType = UNSET
    place: str | UnsetType = UNSET
    country: Annotated[str, Meta(pattern=r"^[A-Z]{2}\Z")] | UnsetType = UNSET
    count: Annotated[int, Meta(ge=0)] | UnsetType = UNSET
    window: Annotated[int, Meta(gt=0, description="seconds")] | UnsetType = UNSET
    rating: Annotated[float, Meta(ge=0, le=5)] | UnsetType = UNSET


class Notification(Struct, frozen=True):
    """The data of event `notification`: one card, or a newer revision of it."""

    id: UUID
    revision: Annotated[int, Meta(ge=1)]
    rule: UUID
    kind: str
    subject: str
    facts: Facts
    occurred_at: Annotated[datetime, Meta(tz=True)]


class Retraction(Struct, frozen=True):
    """The data of event `retraction`: the card is to go, and not to come back."""

    id: UUID
    reason: str


class SettingsChanged(Struct, frozen=True):
    """The data of event `settings`: config.json is to be fetched again, within `spread` seconds.

    Whoever sends it to many readers at once says how long, so that they do not all ask at once.
    """

    version: int
    spread: Annotated[float, Meta(gt=0)] | UnsetType = UNSET


class Reset(Struct, frozen=True):
    """The data of event `reset`: the reader's position is of no use, start from config.json."""


Frame = Notification | Retraction | SettingsChanged | Reset


class Message(Struct, frozen=True):
    """One event of a shop at its position; `data` is a frame as JSON, already encoded.

    `event` may be one of a newer release: it is passed on to those who know it.
    """

    position: Position
    event: str
    data: bytes


class MessageUnreadable(ValueError):
    """Not a message of ours."""


class _Envelope(Struct):
    """The message as it is on Redis."""

    position: str
    event: Annotated[str, Meta(pattern=r"^[a-z-]{1,32}\Z")]
    data: msgspec.Raw


_encoder = msgspec.json.Encoder()
_envelopes = msgspec.json.Decoder(_Envelope)
_RESET = _encoder.encode(Reset())


def encode(frame: Frame) -> bytes:
    """One line of JSON."""
    return _encoder.encode(frame)


def reset_at(position: Position) -> Message:
    return Message(position, "reset", _RESET)


def decode_message(raw: bytes) -> Message:
    """Raises MessageUnreadable."""
    try:
        envelope = _envelopes.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MessageUnreadable(str(error)) from error
    position = positions.parse(envelope.position)
    if position is None:
        raise MessageUnreadable(f"not a position: {envelope.position!r}")
    return Message(position, envelope.event, bytes(envelope.data))
