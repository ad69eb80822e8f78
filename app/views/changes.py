"""What differs between two versions of something that was saved, and who saved the other one."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from app.views import members, moments


@dataclass(frozen=True)
class Change:
    """`before` and `after` as a merchant reads them."""

    path: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Saved:
    """A version that was saved: by whom, and when."""

    version: int
    author: str
    moment: datetime
    ago: str
    written_out: str


@dataclass(frozen=True)
class Conflict:
    """What somebody else has saved meanwhile; each change is from theirs to what was typed here."""

    theirs: Saved
    changes: list[Change]


def saved(
    version: int, saved_by: str, author: str | None, at: datetime, *, where: tzinfo, now: datetime
) -> Saved:
    """`author` is the name that is known of whoever saved it, `where` the shop's time zone."""
    return Saved(
        version,
        members.author(saved_by, author),
        at,
        moments.ago(at, now),
        moments.written_out(at, where),
    )
