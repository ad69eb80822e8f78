"""What differs between two versions of a shop's settings, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from app.domain.settings import ShopSettings
from app.views import settings_words


@dataclass(frozen=True)
class Change:
    """`before` and `after` as a merchant reads them."""

    path: str
    label: str
    before: str
    after: str


def between(before: ShopSettings, after: ShopSettings) -> list[Change]:
    """In the order of the form; empty where they say the same."""
    old, new = dict(_leaves(before)), dict(_leaves(after))
    return [
        Change(
            path,
            settings_words.WORDS[path].label,
            settings_words.spoken(path, old[path]),
            settings_words.spoken(path, new[path]),
        )
        for path in old
        if _sorted(old[path]) != _sorted(new[path])
    ]


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
