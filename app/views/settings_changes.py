"""What differs between two versions of a shop's settings, in words."""

from collections.abc import Iterator

import msgspec

from app.domain.settings import ShopSettings
from app.views import settings_words
from app.views.changes import Change


def between(before: ShopSettings, after: ShopSettings) -> list[Change]:
    """In the order of the form; empty where they say the same."""
    old, new = dict(_leaves(before)), dict(_leaves(after))
    changed = [path for path in old if _sorted(old[path]) != _sorted(new[path])]
    return [
        Change(
            path,
            settings_words.WORDS[path].label,
            _said(path, old[path], new[path]),
            _said(path, new[path], old[path]),
        )
        for path in changed
    ]


def _said(path: str, value: object, other: object) -> str:
    """Of several, those alone in which the two differ."""
    if not isinstance(value, tuple) or not isinstance(other, tuple):
        return settings_words.spoken(path, value)
    only = tuple(each for each in value if each not in other)
    lacking = tuple(each for each in other if each not in value)
    words = (("with", only), ("without", lacking))
    return ", ".join(
        f"{word} {settings_words.spoken(path, several)}" for word, several in words if several
    )


def _leaves(part: msgspec.Struct, path: str = "") -> Iterator[tuple[str, object]]:
    """Each setting by its path; a part that may be missing is one setting."""
    for name in part.__struct_fields__:
        value = getattr(part, name)
        below = f"{path}.{name}" if path else name
        if isinstance(value, msgspec.Struct) and below not in settings_words.WORDS:
            yield from _leaves(value, below)
        else:
            yield below, value


def _sorted(value: object) -> object:
    """The order of several says nothing."""
    return sorted(value) if isinstance(value, tuple) else value
