"""What a rule's filters can be chosen from, each with the name that a merchant knows it by."""

from functools import cache
from typing import Literal

import msgspec

from app.domain import countries as known

# By the last part of a field's path: `filters.only.products`.
What = Literal["products", "collections", "vendors", "tags", "countries"]
WHAT: tuple[What, ...] = ("products", "collections", "vendors", "tags", "countries")


class Choice(msgspec.Struct, frozen=True):
    """`value` as a form sends it."""

    value: str
    label: str


def what(field: str) -> What | None:
    """What a field is chosen from; None for one that is not chosen."""
    last = field.rpartition(".")[2]
    return next((each for each in WHAT if each == last), None)


def countries(text: str, limit: int) -> list[Choice]:
    """Those whose name has the text in it, those that begin with it first."""
    wanted = text.casefold()
    found = [each for each in _countries() if wanted in each.label.casefold()]
    return sorted(found, key=lambda each: not each.label.casefold().startswith(wanted))[:limit]


def country(code: str) -> Choice:
    return Choice(code, known.name(code, "en") or code)


@cache
def _countries() -> tuple[Choice, ...]:
    return tuple(sorted(map(country, known.codes()), key=lambda each: each.label))
