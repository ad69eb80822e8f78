"""Shopify's search syntax, as far as it is used here: `updated_at:>='2026-11-20T00:00:00Z'`."""

import operator
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from graphql import GraphQLError

_TERM = re.compile(r"""(\w+):(>=|<=|>|<)?('[^']*'|"[^"]*"|\S+)|AND\b""")
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "": operator.eq,
}


def fits(query: str | None, thing: Any, searched: Mapping[str, Callable[[Any], Any]]) -> bool:
    """Whether all terms hold; what the stand-in cannot look for is an error, never ignored."""
    return all(
        _COMPARE[comparison](searched[name](thing), _like(searched[name](thing), value))
        for name, comparison, value in _terms(query or "", searched)
    )


def _terms(query: str, searched: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    rest = _TERM.sub("", query).strip()
    terms = [(name, how or "", value.strip("'\"")) for name, how, value in _TERM.findall(query)]
    unknown = [name for name, _, _ in terms if name and name not in searched]
    if rest or unknown:
        raise GraphQLError(f"The stand-in cannot search for {rest or ', '.join(unknown)} yet.")
    return [term for term in terms if term[0]]


def _like(known: Any, value: str) -> Any:
    """`value` as something to compare `known` with."""
    try:
        if isinstance(known, datetime):
            moment = datetime.fromisoformat(value)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return int(value) if isinstance(known, int) else value.lower()
    except ValueError as error:
        raise GraphQLError(f"The search cannot read {value!r}.") from error
