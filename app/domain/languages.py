"""The languages that cards speak by themselves, by their IETF tags."""

import re
from collections.abc import Mapping
from typing import Literal

from babel import Locale, UnknownLocaleError

Language = Literal["en", "de", "fr", "es", "it", "pt", "nl", "pl", "ja", "ar"]

BUILT_IN: tuple[Language, ...] = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ja", "ar")

# By language, the most telling first.
Sentences = Mapping[str, tuple[str, ...]]

_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?")


def locale_of(language: str) -> Locale | None:
    """None where nothing is known of the language."""
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def is_tag(text: str) -> bool:
    """Whether it names a language as pages do: `fr`, `pt-BR`, `zh-Hant`."""
    return _TAG.fullmatch(text) is not None
