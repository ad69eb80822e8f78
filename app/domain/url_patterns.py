"""A merchant's patterns for addresses, as one regular expression that a browser runs."""

import re
from collections.abc import Sequence
from urllib.parse import quote

from app.domain.settings import UrlPattern

# What a browser leaves as it is in a path; the rest it writes with percent signs.
_AS_TYPED = "!$%&'()*+,-./:;=@[]_~"
# What some browsers leave, and others do not.
_EITHER = {"%5E": r"(?:%5E|\^)", "%7C": r"(?:%7C|\|)"}
_SPECIAL = re.compile(r"[\\^$.|?+()[\]{}]")
_END = "/{1,2}$"


def compiled(only_on: Sequence[UrlPattern], never_on: Sequence[UrlPattern]) -> str | None:
    """None where every address will do.

    It is to be tested, ignoring case, against the path without the locale's root and with one more
    slash at its end. A pattern means the whole path, `*` in it anything; slashes at the end and
    what follows `?` or `#` mean nothing. It takes time that grows with the path alone, however
    many stars there are.
    """
    if not only_on and not never_on:
        return None
    never = f"(?!{_any_of(never_on)})" if never_on else ""
    return f"^{never}{_any_of(only_on)}"


def _any_of(patterns: Sequence[UrlPattern]) -> str:
    return f"(?:{'|'.join(_expression(pattern) for pattern in patterns)})"


def _expression(pattern: UrlPattern) -> str:
    """Between two stars a text is taken where it comes first, which no other place could better.

    `(?:(?!text).)*text` says so without a way back: trying others is what makes wildcards slow.
    """
    path = re.split("[?#]", pattern, maxsplit=1)[0]
    first, *rest = [_literal(part) for part in re.split(r"\*+", path)]
    if not rest:
        return first.rstrip("/") + _END
    *between, last = rest
    middle = "".join(f"(?:(?!{text}).)*{text}" for text in between)
    return first + middle + (f".*{last.rstrip('/')}{_END}" if last else "")


def _literal(text: str) -> str:
    literal = _SPECIAL.sub(r"\\\g<0>", quote(text, safe=_AS_TYPED))
    for encoded, either in _EITHER.items():
        literal = literal.replace(encoded, either)
    return literal
