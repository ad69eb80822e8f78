"""Documents as the fields of a form, by their paths in the document, and back.

Read off the document's own type, so that a new setting is a new field without a word here: yes or
no, a number, a price, a day, a text, one of a few, some of a few, lines of text, texts by language.
A part that may be missing altogether (quiet hours) is a yes or no itself, with its own fields below
it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

import msgspec
from msgspec import inspect

Fields = Mapping[str, Sequence[str]]

YES = "yes"

_NUMBER = re.compile(r"[0-9]{1,19}", re.ASCII)
_PRICE = re.compile(r"[0-9]{1,15}(?:[.,][0-9]{1,6})?", re.ASCII)


class _Unreadable(Exception):
    """A field that does not say what it should; the message is a sentence for whoever filled it."""


def written(kind: inspect.Type, document: msgspec.Struct) -> dict[str, list[str]]:
    """What stands in the form's fields."""
    return dict(_written(kind, document, ""))


def read(kind: inspect.Type, form: Fields, problems: dict[str, str], path: str = "") -> object:
    """Builtins that the type can be made of; a field with a problem counts as left out, and its
    problem is added to those given."""
    return _read(kind, form, path, problems)


def between(found: Mapping[str, str], problems: Mapping[str, str]) -> dict[str, str]:
    """Of the problems `found` between fields those that are certain: nothing can be said of a part
    with a field that cannot be read."""
    unknown = {_part(path) for path in problems}
    return {path: said for path, said in found.items() if _part(path) not in unknown}


def is_price(text: str) -> bool:
    """Whether a field of prices reads it."""
    return _PRICE.fullmatch(text) is not None


def is_id(number: int) -> bool:
    """Whether Shopify could have given it, and Postgres keeps it."""
    return 0 < number < 2**63


def names(kind: inspect.Type) -> frozenset[str]:
    """Of all fields, but those by language."""
    return frozenset(_names(kind, ""))


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
            yield path, ["\n".join(texts)] if _is_text(several) else texts
        case inspect.DictType():
            for key, text in value.items():  # type: ignore[attr-defined]
                yield _below(path, key), [text]
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
    if isinstance(struct, inspect.DictType):
        return _texts(form, path)
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
        case inspect.VarTupleType() as several:
            return _lines(several, _only(given)) if _is_text(several) else _each(several, given)
        case inspect.LiteralType() as choice:
            if _is_optional(kind) and list(given) == [""]:
                return None
            return _one_of(choice, _only(given))
        case inspect.IntType() as number:
            return _number(number, _only(given).strip())
        case inspect.DecimalType():
            return _price(_only(given).strip())
        case inspect.DateType():
            return _day(_only(given).strip())
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


def _texts(form: Fields, path: str) -> dict[str, str]:
    """By what stands behind the path; an empty one is none."""
    below = f"{path}."
    given = {name.removeprefix(below): form[name] for name in form if name.startswith(below)}
    return {name: text for name, texts in given.items() if texts and (text := texts[0].strip())}


def _price(text: str) -> Decimal | None:
    if not text:
        return None
    if not is_price(text):
        raise _Unreadable("Enter a price, like 24.50.")
    return Decimal(text.replace(",", "."))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise _Unreadable("Enter a date like 2026-11-21.") from None


def _each(several: inspect.VarTupleType, given: Sequence[str]) -> list[object]:
    """Whatever was picked from a list, which is nothing that anybody types."""
    picked = dict.fromkeys(given)
    if several.max_length is not None and len(picked) > several.max_length:
        raise _Unreadable(f"Choose at most {several.max_length}.")
    return [_picked(several.item_type, text) for text in picked]


def _picked(kind: inspect.Type, text: str) -> object:
    if isinstance(kind, inspect.IntType):
        if _NUMBER.fullmatch(text) and is_id(int(text)):
            return int(text)
    elif isinstance(kind, inspect.StrType):
        fits = 0 < len(text) <= (kind.max_length or len(text))
        if fits and re.search(kind.pattern or "", text):
            return text
    raise _Unreadable("Choose from those on offer.")


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


def _is_text(several: inspect.VarTupleType) -> bool:
    """Whether it is typed, line by line, and not picked."""
    return isinstance(several.item_type, inspect.Metadata)


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
