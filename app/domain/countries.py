"""Countries by their codes of two letters, as languages call them."""

import re

from babel import Locale

from app.domain.languages import locale_of

_TERRITORIES = Locale("en").territories
_NOWHERE = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


def code(text: str | None) -> str | None:
    """None for what is no country."""
    known = text is not None and re.fullmatch("[A-Z]{2}", text) and text in _TERRITORIES
    return text if known and text not in _NOWHERE else None


def codes() -> frozenset[str]:
    """Of all countries."""
    return frozenset(filter(code, _TERRITORIES))


def name(country: str, language: str) -> str | None:
    """None where the language does not say."""
    locale = locale_of(language)
    return locale.territories.get(country) if locale else None
