"""The history of notifications as its page shows it: a part of it, and the ways about in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from app.domain.cursors import Cursor
from app.domain.kinds import BY_NAME
from app.domain.notification_filters import Filter, Problems
from app.views import notification_addresses, numbers, words
from app.views.forms import Form
from app.views.links import Link
from app.views.notification_arrivals import Arrivals
from app.views.notifications import NotificationView

# As far as they are counted.
MOST_COUNTED = 1_000

Option = tuple[str, str]


@dataclass(frozen=True)
class Pill:
    """One wish of the filter; `without` is the list without it, None where nothing is wished."""

    name: str
    label: str
    without: str | None


@dataclass(frozen=True)
class Period:
    label: str
    path: str


@dataclass(frozen=True)
class Emptiness:
    """`way` is what to do about it."""

    title: str
    text: str
    way: Link
    picture: str = "notifications/_none_found.svg"

    def leading_to(self, url: str) -> "Emptiness":
        return replace(self, way=replace(self.way, url=url))


_TO_ALL = Link("Show all", notification_addresses.LIST)
_NOTHING_FOUND = Emptiness(
    "No notifications found",
    "Try other words or dates, or clear all filters.",
    Link("Clear all", notification_addresses.LIST),
)
_NOTHING_OLDER = Emptiness("Nothing more", "This is behind the oldest notification.", _TO_ALL)
_NOTHING_OF = {
    None: Emptiness(
        "No notifications yet",
        "Every card that shoppers see is listed here, with the order that proves it.",
        Link("See what cards look like", "/settings"),
        "home/_nothing_yet.svg",
    ),
    "published": Emptiness(
        "No published notifications", "Shoppers see no card right now.", _TO_ALL
    ),
    "retracted": Emptiness(
        "No retracted notifications",
        "Cards whose order was cancelled or refunded, or that you retracted, are listed here.",
        _TO_ALL,
    ),
}


@dataclass(frozen=True)
class Part:
    """What was found: rows, how many there are in all, and the rows to go on from."""

    rows: Sequence[NotificationView]
    number: int
    newer: Cursor | None
    older: Cursor | None
    read_at: datetime
    position: str


@dataclass(frozen=True)
class History:
    """What templates/notifications/index.html draws; `today` is the shop's."""

    part: Part
    wanted: Filter
    form: Form
    products: Sequence[Option]
    today: date

    @property
    def rows(self) -> Sequence[NotificationView]:
        return self.part.rows

    @property
    def problems(self) -> list[str]:
        return list(self.form.problems.values())

    @property
    def arrivals(self) -> Arrivals:
        """None yet: whatever comes from now on is counted by /live."""
        return Arrivals(0, self.wanted)

    @property
    def is_narrowed(self) -> bool:
        """By more than its view."""
        return bool(self.wanted.query(state=None))

    @property
    def whole(self) -> str:
        return notification_addresses.of(Filter(state=self.wanted.state))

    @property
    def emptiness(self) -> Emptiness:
        """Why there are no rows."""
        if self.is_narrowed:
            return _NOTHING_FOUND.leading_to(self.whole)
        if self.previous:
            return _NOTHING_OLDER.leading_to(self.whole)
        return _NOTHING_OF[self.wanted.state]

    @property
    def views(self) -> list[tuple[str, str, bool]]:
        states = (("All", None), ("Published", "published"), ("Retracted", "retracted"))
        return [
            (label, notification_addresses.of(self.wanted, state=state), self.wanted.state == state)
            for label, state in states
        ]

    @property
    def kinds(self) -> list[Option]:
        return [("", "Any kind"), *((kind.name, kind.title) for kind in BY_NAME.values())]

    @property
    def pills(self) -> dict[str, Pill]:
        wanted = self.wanted
        labels = {
            "date": ("Date", _span(wanted.since, wanted.until)),
            "product": ("Product", dict(self.products).get(str(wanted.product))),
            "kind": ("Kind", words.label(wanted.kind) if wanted.kind else None),
        }
        return {
            name: Pill(name, f"{label}: {said}" if said else label, self._without(name, said))
            for name, (label, said) in labels.items()
        }

    @property
    def periods(self) -> list[Period]:
        """Days that are asked for most, at one press."""
        spans = (
            ("Today", 0, 0),
            ("Yesterday", 1, 1),
            ("Last 7 days", 6, 0),
            ("Last 30 days", 29, 0),
        )
        return [Period(label, self._period(first, last)) for label, first, last in spans]

    @property
    def found(self) -> str:
        number = self.part.number
        if number > MOST_COUNTED:
            return f"More than {numbers.grouped(MOST_COUNTED)} notifications"
        return f"{numbers.grouped(number)} notification{'' if number == 1 else 's'}"

    @property
    def previous(self) -> str | None:
        newer = self.part.newer
        return notification_addresses.of(self.wanted, before=newer) if newer else None

    @property
    def next(self) -> str | None:
        older = self.part.older
        return notification_addresses.of(self.wanted, after=older) if older else None

    @property
    def live(self) -> str:
        """Where the page hears of its rows, from the moment at which it was read."""
        query = {
            "after": self.part.position,
            "read_at": self.part.read_at.isoformat(),
            "shows": ",".join(row.id for row in self.rows),
        }
        return f"/live?{urlencode(self.wanted.query() | query)}"

    def _period(self, first: int, last: int) -> str:
        since, until = (self.today - timedelta(days=days) for days in (first, last))
        return notification_addresses.of(self.wanted, since=since, until=until)

    def _without(self, name: str, said: str | None) -> str | None:
        if said is None:
            return None
        parts = ("since", "until") if name == "date" else (name,)
        return notification_addresses.of(self.wanted, **dict.fromkeys(parts))


def form(query: Mapping[str, str], problems: Problems) -> Form:
    """As it was asked for, so that what makes no sense can be mended."""
    return Form({name: [value] for name, value in query.items()}, problems)


def _span(since: date | None, until: date | None) -> str | None:
    if since and until:
        return _day(since) if since == until else f"{_day(since)} – {_day(until)}"  # noqa: RUF001
    if since:
        return f"since {_day(since)}"
    return f"until {_day(until)}" if until else None


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
