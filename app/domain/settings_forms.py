"""A shop's settings as the fields of a form, and back (see domain.document_forms)."""

import msgspec
from msgspec import inspect

from app.domain import document_forms, settings_rules
from app.domain.document_forms import Fields
from app.domain.settings import Palette, ShopSettings

_DOCUMENT = inspect.type_info(ShopSettings)


class Reading(msgspec.Struct, frozen=True):
    """The settings that a form says, or a sentence for each field that keeps it from saying any."""

    settings: ShopSettings | None
    problems: dict[str, str]


def fields(settings: ShopSettings) -> dict[str, list[str]]:
    """What stands in the form's fields."""
    return document_forms.written(_DOCUMENT, settings)


def read(form: Fields) -> Reading:
    """All that is wrong with a form at once, field by field and between them."""
    problems: dict[str, str] = {}
    built = document_forms.read(_DOCUMENT, form, problems)
    settings = msgspec.convert(built, ShopSettings)
    problems |= document_forms.between(settings_rules.problems(settings), problems)
    return Reading(None if problems else settings, problems)


def palette(form: Fields) -> Palette | None:
    """The merchant's own colours, whatever else is wrong; None while one of them is no colour."""
    problems: dict[str, str] = {}
    built = document_forms.read(inspect.type_info(Palette), form, problems, "appearance.palette")
    return None if problems else msgspec.convert(built, Palette)


def names() -> frozenset[str]:
    """Of all fields."""
    return document_forms.names(_DOCUMENT)
