"""What a form of the admin's says, field by field."""

from collections.abc import Collection
from typing import Any
from urllib.parse import parse_qsl

from litestar import Request

from app.errors import InputInvalid

_MOST = 2_500


async def fields(request: Request[Any, Any, Any], known: Collection[str]) -> dict[str, list[str]]:
    """Each field's values in their order; raises InputInvalid for one that the form does not have.

    Whatever is no text of a form counts as a form with nothing in it.
    """
    found: dict[str, list[str]] = {}
    for name, value in _pairs(await request.body()):
        if name not in known:
            raise InputInvalid(f"The form has no field {name[:80]!r}.")
        found.setdefault(name, []).append(value)
    return found


def _pairs(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST
        )
    except ValueError as error:
        raise InputInvalid("The form cannot be read.") from error


def text(form: dict[str, list[str]], name: str) -> str:
    """Of a field that is there once at most; raises InputInvalid."""
    values = form.get(name, [])
    if len(values) > 1:
        raise InputInvalid(f"The form's {name} is there more than once.")
    return values[0] if values else ""


def number(form: dict[str, list[str]], name: str) -> int:
    """Of a field that nobody types into; raises InputInvalid."""
    values = form.get(name, [])
    if len(values) != 1 or not (values[0].isascii() and values[0].isdigit()) or len(values[0]) > 9:
        raise InputInvalid(f"The form's {name} is no number.")
    return int(values[0])
