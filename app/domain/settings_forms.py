"""A shop's settings as the fields of a form, by their paths in the document, and back.

Read off the document's own types, so a new setting is a new field without a word here: yes or no, a
number, a text, one of a few, some of a few, lines of text. A part that may be missing altogether
(quiet hours) is a yes or no itself, with its own fields below it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

import msgspec
from msgspec import inspect

from app.domain import settings_rules
from app.domain.settings import Palette, ShopSettings

Fields = Mapping[str, Sequence[str]]

YES = "yes"

_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)


class Reading(msgspec.Struct, frozen=True):
    """The settings that a form says, or a sentence for each field that keeps it from saying any."""

    settings: ShopSettings | None
    problems: dict[str, str]


class _Unreadable(Exception):
    """A field that does not say what it should; the message is a sentence for whoever filled it."""


def fields(settings: ShopSettings) -> dict[str, list[str]]:
    """What stands in the form's fields."""
    return dict(_written(_DOCUMENT, settings, ""))


def read(form: Fields) -> Reading:
    """All that is wrong with a form at once, field by field and between them."""
    problems: dict[str, str] = {}
    built = _read(_DOCUMENT, form, "", problems)
    settings = msgspec.convert(built, ShopSettings)
    # Where a part has fields that cannot be read, what holds between them cannot be known.
    unknown = {_part(path) for path in problems}
    found = settings_rules.problems(settings)
    problems |= {path: said for path, said in found.items() if _part(path) not in unknown}
    return Reading(None if problems else settings, problems)


def palette(form: Fields) -> Palette | None:
    """The merchant's own colours, whatever else is wrong; None while one of them is no colour."""
    problems: dict[str, str] = {}
    built = _read(inspect.type_info(Palette), form, "appearance.palette", problems)
    return None if problems else msgspec.convert(built, Palette)


def names() -> frozenset[str]:
    """Of all fields."""
    return frozenset(_names(_DOCUMENT, ""))


def _part(path: str) -> str:
    return path.partition(".")[0]


# Writing ------------------------------------------------------------------------------------------


def _written(kind: inspect.Type, value: object, path: str) -> Iterator[tuple[str, list[str]]]:
    match _plain(kind):
        case inspect.StructType() as struct:
            if _is_optional(kind):
                yield path, [YES] if value is not None else []
            shown = struct.cls() if value is None else value
            for each in struct.fields:
                yield from _written(each.type, getattr(shown, each.name), _below(path, each.name))
        case inspect.VarTupleType() as several:
            texts = [str(each) for each in value]  # type: ignore[attr-defined]
            yield path, texts if _is_choice(several) else ["\n".join(texts)]
        case inspect.BoolType():
            yield path, [YES] if value else []
        case _:
            yield path, ["" if value is None else str(value)]


# Reading ------------------------------------------------------------------------------------------


def _read(kind: inspect.Type, form: Fields, path: str, problems: dict[str, str]) -> object:
    """Builtins that the type can be made of; a field with a problem counts as left out."""
    struct = _plain(kind)
    if isinstance(struct, inspect.StructType):
        if _is_optional(kind) and not form.get(path):
            return None
        return _read_struct(struct, form, path, problems)
    try:
        return _value(kind, form.get(path, ()))
    except _Unreadable as problem:
        problems[path] = str(problem)
        return msgspec.UNSET


def _read_struct(
    struct: inspect.StructType, form: Fields, path: str, problems: dict[str, str]
) -> dict[str, object]:
    read = {
        each.name: _read(each.type, form, _below(path, each.name), problems)
        for each in struct.fields
    }
    return {name: value for name, value in read.items() if value is not msgspec.UNSET}


def _value(kind: inspect.Type, given: Sequence[str]) -> object:
    match _plain(kind):
        case inspect.BoolType():
            return bool(given)
        case inspect.VarTupleType(item_type=inspect.LiteralType() as choice):
            return [_one_of(choice, each) for each in dict.fromkeys(given)]
        case inspect.VarTupleType() as lines:
            return _lines(lines, _only(given))
        case inspect.LiteralType() as choice:
            if _is_optional(kind) and list(given) == [""]:
                return None
            return _one_of(choice, _only(given))
        case inspect.IntType() as number:
            return _number(number, _only(given).strip())
        case _:
            return _text(kind, _only(given).strip().lower())


def _only(given: Sequence[str]) -> str:
    if len(given) != 1:
        raise _Unreadable("Choose one." if given else "This is missing.")
    return given[0]


def _one_of(choice: inspect.LiteralType, text: str) -> str:
    if text not in choice.values:
        raise _Unreadable("Choose one of those on offer.")
    return text


def _number(kind: inspect.IntType, text: str) -> int:
    least, most = kind.ge, kind.le
    if not _NUMBER.fullmatch(text) or not least <= int(text) <= most:  # type: ignore[operator]
        raise _Unreadable(f"Enter a whole number from {least} to {most}.")
    return int(text)


def _text(kind: inspect.Type, text: str) -> str:
    """The patterns are all of lower-case texts."""
    if not re.search(_pattern(kind), text):
        raise _Unreadable(_sentence(kind))
    return text


def _lines(kind: inspect.VarTupleType, text: str) -> list[str]:
    """Whole addresses, as they are copied from a browser, count as their paths."""
    lines = [_path(line) for each in text.splitlines() if (line := each.strip())]
    if not all(re.search(_pattern(kind.item_type), line) for line in lines):
        raise _Unreadable(_sentence(kind.item_type))
    if kind.max_length is not None and len(lines) > kind.max_length:
        raise _Unreadable(f"At most {kind.max_length} lines.")
    return list(dict.fromkeys(lines))


def _path(line: str) -> str:
    if not line.startswith(("https://", "http://")):
        return line
    try:
        return urlsplit(line).path or "/"
    except ValueError:
        return line


# Types --------------------------------------------------------------------------------------------


def _names(kind: inspect.Type, path: str) -> Iterator[str]:
    struct = _plain(kind)
    if path and (_is_optional(kind) or not isinstance(struct, inspect.StructType)):
        yield path
    if isinstance(struct, inspect.StructType):
        for each in struct.fields:
            yield from _names(each.type, _below(path, each.name))


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _plain(kind: inspect.Type) -> inspect.Type:
    """Without what is said about it, and without `None`."""
    if isinstance(kind, inspect.Metadata):
        return _plain(kind.type)
    if isinstance(kind, inspect.UnionType):
        [some] = [each for each in kind.types if not isinstance(each, inspect.NoneType)]
        return _plain(some)
    return kind


def _is_optional(kind: inspect.Type) -> bool:
    return isinstance(kind, inspect.UnionType)


def _is_choice(several: inspect.VarTupleType) -> bool:
    return isinstance(_plain(several.item_type), inspect.LiteralType)


def _pattern(kind: inspect.Type) -> str:
    """Every text of the document has one."""
    text = _plain(kind)
    assert isinstance(text, inspect.StrType)
    assert text.pattern is not None
    return text.pattern


def _sentence(kind: inspect.Type) -> str:
    assert isinstance(kind, inspect.Metadata)
    assert kind.extra is not None
    return str(kind.extra["problem"])


_DOCUMENT = inspect.type_info(ShopSettings)
