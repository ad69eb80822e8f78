"""The languages that cards speak by themselves, by their IETF tags."""

from collections.abc import Mapping
from typing import Literal

Language = Literal["en", "de", "fr", "es", "it", "pt", "nl", "pl", "ja", "ar"]

BUILT_IN: tuple[Language, ...] = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ja", "ar")

# By language, the most telling first.
Sentences = Mapping[str, tuple[str, ...]]
