"""Which notifications a merchant wants to see, and how an address says so."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar, get_args

import msgspec

from app.domain.kinds import BY_NAME
from app.domain.notifications import State

LONGEST_TEXT = 200
_MOST_WORDS = 12
_LARGEST_ID = 2**63 - 1
_STATES: tuple[State, ...] = get_args(State)

Problems = dict[str, str]
_Word = TypeVar("_Word", bound=str)


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What all must agree with; None, or no text, means any.

    Days are the shop's, `until` included. `text` is searched for in the product's title.
    """

    state: State | None = None
    kind: str | None = None
    product: int | None = None
    since: date | None = None
    until: date | None = None
    text: str = ""

    @property
    def words(self) -> list[str]:
        """What a title must hold, each of them; letters that Postgres has no room for are none."""
        storable = self.text.replace("\0", " ").encode("utf-8", "replace").decode()
        return storable.split()[:_MOST_WORDS]

    def query(self, **changes: object) -> dict[str, str]:
        """As parameters of an address; `changes` in place of what is wished, None for none."""
        wished = {
            "q": self.text,
            "state": self.state,
            "kind": self.kind,
            "product": self.product,
            "since": self.since,
            "until": self.until,
        }
        return {
            name: str(value)
            for name, value in (wished | changes).items()
            if value is not None and value != ""
        }


def read(query: Mapping[str, str]) -> tuple[Filter, Problems]:
    """The filter that an address asks for, and a sentence for each parameter that makes no sense.

    What makes no sense is left out of the filter.
    """
    reader = _Reader(query)
    since, until = reader.day("since"), reader.day("until")
    if since and until and until < since:
        reader.problems["until"] = "The last day comes before the first."
        until = None
    found = Filter(
        state=reader.one_of("state", _STATES),
        kind=reader.one_of("kind", tuple(BY_NAME)),
        product=reader.product("product"),
        since=since,
        until=until,
        text=reader.text("q"),
    )
    return found, reader.problems


class _Reader:
    def __init__(self, query: Mapping[str, str]) -> None:
        self._query = query
        self.problems: Problems = {}

    def one_of(self, name: str, allowed: tuple[_Word, ...]) -> _Word | None:
        value = self._query.get(name, "")
        found = next((each for each in allowed if each == value), None)
        if value and found is None:
            self.problems[name] = f"Choose {', '.join(allowed[:-1])} or {allowed[-1]}."
        return found

    def day(self, name: str) -> date | None:
        value = self._query.get(name, "")
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.problems[name] = "Enter a date like 2026-11-21."
            return None

    def product(self, name: str) -> int | None:
        value = self._query.get(name, "")
        if not value:
            return None
        if value.isascii() and value.isdigit() and len(value) < 20 and int(value) <= _LARGEST_ID:
            return int(value)
        self.problems[name] = "A product is named by its number."
        return None

    def text(self, name: str) -> str:
        value = self._query.get(name, "").strip()
        if len(value) > LONGEST_TEXT:
            self.problems[name] = f"Search for at most {LONGEST_TEXT} characters."
            return ""
        return value
