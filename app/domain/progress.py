"""Where each kind of work stands: what its job keeps from one step to the next, as JSON."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

import msgspec

Progress = TypeVar("Progress", bound=msgspec.Struct)


class Addresses(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the theme was told last."""

    app_url: str = ""
    stream_url: str = ""


class Access(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which of the scopes that the app needs the merchant has not granted."""

    missing: tuple[str, ...] = ()


class Sources(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of webhooks: topics that the manifest brings although the API should, and those
    that Shopify has news of but did not send, each with when that news is of; `looked_at` is up to
    when deliveries were looked at."""

    from_manifest: tuple[str, ...] = ()
    silent: dict[str, datetime] = {}
    looked_at: datetime | None = None


class Buyers(msgspec.Struct, frozen=True, omit_defaults=True):
    """For which version of the settings; behind which event towns are learned, and whether all are
    read."""

    version: int = -1
    after: UUID | None = None
    is_read: bool = False


class Retractions(msgspec.Struct, frozen=True, omit_defaults=True):
    """Up to when open pages were told of what was taken back by hand."""

    until: datetime | None = None


class Counts(msgspec.Struct, frozen=True, omit_defaults=True):
    """Behind which product, since when, and when the first that was counted leaves its window;
    `untold` has changed, and open pages may not know."""

    after: int = 0
    begun_at: datetime | None = None
    soonest: datetime | None = None
    untold: tuple[UUID, ...] = ()


class Leftover(msgspec.Struct, frozen=True, omit_defaults=True):
    """A list that is read in pages: whose, behind which cursor and id, and since when. `done` are
    lists read to their end since there was nothing left; `refused` are those that Shopify does not
    give, passed over until then, and `problem` is what it said of the last of them."""

    of: int | None = None
    after: str | None = None
    last_id: int = 0
    begun_at: datetime | None = None
    done: int = 0
    refused: tuple[int, ...] = ()
    problem: str | None = None


def decode(data: bytes, kind: type[Progress]) -> Progress:
    """What was kept; the beginning where an older release kept something else."""
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError:
        return kind()


def encode(progress: msgspec.Struct) -> bytes:
    return msgspec.json.encode(progress)
