"""What Shopify refuses to keep in a metafield."""

import json
import re
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]

_NAMESPACE = re.compile(r"[A-Za-z0-9_-]{3,255}")
_KEY = re.compile(r"[A-Za-z0-9_-]{2,64}")
_URL = re.compile(r"(https?|mailto|sms|tel):\S+")


def _is_json(value: str) -> bool:
    try:
        json.loads(value)
    except ValueError:
        return False
    return True


_TYPES: dict[str, Callable[[str], bool]] = {
    "single_line_text_field": lambda value: "\n" not in value,
    "multi_line_text_field": lambda value: True,
    "url": lambda value: bool(_URL.fullmatch(value)),
    "boolean": lambda value: value in ("true", "false"),
    "number_integer": lambda value: bool(re.fullmatch(r"-?\d{1,16}", value)),
    "json": _is_json,
}


def problem(wish: Json, index: int, owner: str, digest: str | None) -> Json | None:
    """The first thing wrong with one input, in the form of `userErrors`; None when it is right."""
    for code, name, sentence in _problems(wish, owner, digest):
        place = ["metafields", str(index), name]
        return {"field": place, "message": sentence, "code": code, "elementIndex": index}
    return None


def _problems(wish: Json, owner: str, digest: str | None) -> list[tuple[str, str, str]]:
    kind, value = wish.get("type"), wish["value"]
    found = []
    if wish["ownerId"] != owner:
        found.append(("APP_NOT_AUTHORIZED", "ownerId", "Owner must be the app's installation."))
    if not _NAMESPACE.fullmatch(wish.get("namespace", "")):
        found.append(("INVALID", "namespace", "Namespace has 3 to 255 letters, digits, - or _."))
    if not _KEY.fullmatch(wish["key"]):
        found.append(("INVALID", "key", "Key has 2 to 64 letters, digits, - or _."))
    if kind is None:
        found.append(("BLANK", "type", "Type can't be blank."))
    elif kind not in _TYPES:
        found.append(("INVALID_TYPE", "type", f"Type {kind} is not one the stand-in knows."))
    if not value:
        found.append(("BLANK", "value", "Value can't be blank."))
    elif kind in _TYPES and not _TYPES[kind](value):
        found.append(("INVALID_VALUE", "value", f"Value does not fit the type {kind}."))
    if wish.get("compareDigest", digest) != digest:
        found.append(("STALE_OBJECT", "compareDigest", "The resource has been updated since."))
    return found
