"""What a merchant's own page is told while she tries something out; nobody else hears of it."""

import re
from typing import Annotated, Literal

import msgspec

from app.domain import frames
from app.domain.languages import Language
from app.domain.settings import Device, PageType, ShopSettings
from app.domain.storefront import Config

Event = Literal["draft", "test-card"]
ViewerId = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]

_VIEWER_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


class Viewer(msgspec.Struct, frozen=True):
    """One open page: a random number, and whose page it is. Both have to be right."""

    id: ViewerId
    member: str


class Reach(msgspec.Struct, frozen=True):
    """Where cards come, and to whom; nowhere while `paused`."""

    paused: bool
    pages: tuple[PageType, ...]
    devices: tuple[Device, ...]
    languages: tuple[Language, ...]
    fallback: Language | None


class Drafted(msgspec.Struct, frozen=True):
    """Event `draft`: how a page of the shop would begin, with a sample of a card.

    `number` is the page's own count of what it sent: an older one than the last is of no use.
    """

    number: int
    config: Config
    card: frames.Notification
    example: str
    reach: Reach


class TestCard(msgspec.Struct, frozen=True):
    """Event `test-card`: a sample that came all the way that an order takes."""

    __test__ = False  # no test of pytest's

    card: frames.Notification


class Message(msgspec.Struct, frozen=True):
    """As it is on Redis; `data` is one line of JSON."""

    viewer: Viewer
    event: Event
    data: msgspec.Raw


class MessageUnreadable(ValueError):
    """Not a message of ours."""


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Message)


def is_viewer_id(text: str) -> bool:
    return _VIEWER_ID.fullmatch(text) is not None


def reach(settings: ShopSettings) -> Reach:
    return Reach(
        settings.paused,
        settings.where.pages,
        settings.where.devices,
        settings.languages.enabled,
        settings.languages.fallback,
    )


def encode(viewer: Viewer, told: Drafted | TestCard) -> bytes:
    event: Event = "draft" if isinstance(told, Drafted) else "test-card"
    return _encoder.encode(Message(viewer, event, msgspec.Raw(_encoder.encode(told))))


def decode(raw: bytes) -> Message:
    """Raises MessageUnreadable."""
    try:
        return _decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MessageUnreadable(str(error)) from error
