"""What a page of a list that is sorted by id says about ids that are not on it. Pure."""

from collections.abc import Sequence
from typing import NamedTuple


class Stretch(NamedTuple):
    """Ids behind `after` up to `until`, or all of them behind it on the last page."""

    after: int
    until: int | None


def stretch(ids: Sequence[int], after: int, *, is_last: bool) -> Stretch | None:
    """The ids that a page speaks for, behind those of the pages before it.

    None for a page that is not sorted as was asked for: it says nothing of what is not on it.
    """
    if any(here >= there for here, there in zip((after, *ids), ids, strict=False)):
        return None
    if is_last:
        return Stretch(after, None)
    return Stretch(after, ids[-1]) if ids else None
