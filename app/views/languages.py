"""Languages as a merchant knows them."""

from babel import Locale, UnknownLocaleError


def name(tag: str) -> str:
    """`fr` → French; one that nobody knows goes by its tag."""
    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (UnknownLocaleError, ValueError):
        return tag
