"""A pass over a shop's catalogue: its parts in order, and how far it has come. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec

from app.domain import listings
from app.domain.listings import Stretch

# Changes of the last minutes before a pass began may not have been visible to its search yet.
_OVERLAP = timedelta(minutes=10)
_ALL_ANEW = timedelta(days=30)
# Shopify pages no further than 25,000 objects from where a listing began.
LONGEST_LISTING = 20_000

Part = Literal[
    "products", "variants", "locations", "levels", "collections", "product-ids", "variant-ids"
]
_WHOLE: tuple[Part, ...] = ("products", "variants", "locations", "levels", "collections")
# A search for changes does not find what is gone: all ids are listed for that.
_CHANGES: tuple[Part, ...] = (*_WHOLE, "product-ids", "variant-ids")
_SEARCHING = frozenset({"products", "variants", "levels"})
# Nothing is kept of a variant whose product is not known, nor asked where no location is.
_HANGS_ON = {"variants": "products", "levels": "locations"}


class Pass(msgspec.Struct, frozen=True, omit_defaults=True):
    """`since` is None where all is read; `part` is None between two passes.

    A listing goes on behind `after`, a cursor, and `floor`, an id; `last_id` is the last that it
    gave. The counts are of this pass. `first` are page sizes that had to be smaller than usual,
    `denied` what Shopify said of parts that it does not give, both by part. `anew` are parts that
    the pass before could not read: they are read whole. `done_at` is when the last pass that is
    done began, `whole_at` when all was read last.
    """

    part: Part | None = None
    begun_at: datetime | None = None
    since: datetime | None = None
    after: str | None = None
    floor: int = 0
    last_id: int = 0
    listed: int = 0
    locations: tuple[int, ...] = ()
    products: int = 0
    variants: int = 0
    levels: int = 0
    collections: int = 0
    first: dict[str, int] = {}
    denied: dict[str, str] = {}
    anew: tuple[str, ...] = ()
    done_at: datetime | None = None
    whole_at: datetime | None = None

    @property
    def searches_since(self) -> datetime | None:
        """Only what changed since then is asked for; None where a part lists all."""
        return self.since if self.part in _SEARCHING and self.part not in self.anew else None


def begun(before: Pass, now: datetime) -> Pass:
    """The next pass: over what changed since the last, or from time to time over everything."""
    since = before.done_at
    if before.whole_at is None or before.whole_at < now - _ALL_ANEW:
        since = None
    return Pass(
        part=_WHOLE[0],
        begun_at=now,
        since=since - _OVERLAP if since else None,
        first=before.first,
        anew=tuple(part for part in _WHOLE if {part, _HANGS_ON.get(part)} & before.denied.keys()),
        done_at=before.done_at,
        whole_at=before.whole_at if since else now,
    )


def past(at: Pass, after: str | None, ids: Sequence[int], **changes: Any) -> Pass:
    """Behind a page: on to the next one, or to the next part where there is none."""
    if after is None:
        return next_part(msgspec.structs.replace(at, **changes))
    last_id = ids[-1] if ids else at.last_id
    listed = at.listed + len(ids)
    if listed >= LONGEST_LISTING:
        return msgspec.structs.replace(
            at, after=None, floor=last_id, last_id=last_id, listed=0, **changes
        )
    return msgspec.structs.replace(at, after=after, last_id=last_id, listed=listed, **changes)


def next_part(at: Pass) -> Pass:
    """Past the last one the pass is done, as of when it began."""
    parts = _WHOLE if at.since is None else _CHANGES
    left = parts[parts.index(at.part) + 1 :] if at.part else ()
    return msgspec.structs.replace(
        at,
        part=left[0] if left else None,
        done_at=at.done_at if left else at.begun_at,
        after=None,
        floor=0,
        last_id=0,
        listed=0,
    )


def without(at: Pass, reason: str) -> Pass:
    """Goes on without a part: the rest is of use all the same."""
    denied = {**at.denied, str(at.part): reason}
    # Where nothing is known of locations, there is nothing to ask about them.
    return next_part(msgspec.structs.replace(at, denied=denied, locations=()))


def with_smaller_pages(at: Pass, usual: int) -> Pass | None:
    """None where a page holds but one object already."""
    size = at.first.get(str(at.part), usual)
    if size <= 1:
        return None
    return msgspec.structs.replace(at, first={**at.first, str(at.part): size // 2})


def stretch(at: Pass, after: str | None, ids: Sequence[int]) -> Stretch | None:
    """Which ids a page speaks for; none where it lists but changes."""
    if at.searches_since is not None:
        return None
    return listings.stretch(ids, at.last_id, is_last=after is None)
