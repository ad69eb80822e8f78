"""Settings as they are typed: read, and shown on the page that they are typed into."""

import math
from typing import Any

import msgspec
from litestar import Request, post
from litestar.di import NamedDependency

from app.domain import contrast, previews, settings_forms
from app.domain.document_forms import Fields
from app.domain.previews import Viewer
from app.doors import Doors
from app.errors import InputInvalid
from app.routes import forms, identity
from app.routes.settings import LARGEST
from app.services import previewing

VIEWER, NUMBER = "viewer", "number"
_FIELDS = settings_forms.names() | {"version", "on_top_of", VIEWER, NUMBER}


class Reading(msgspec.Struct, frozen=True):
    """What can be said of a draft at once; what it looks like comes over /live, if it is one."""

    problems: dict[str, str]
    contrasts: dict[str, float]


@post(
    "/settings/draft",
    status_code=200,
    request_max_body_size=LARGEST,
    include_in_schema=False,
)
async def create(request: Request[Any, Any, Any], doors: NamedDependency[Doors]) -> Reading:
    """With problems they are shown to nobody. That is no refusal: it is what happens in between."""
    merchant = await identity.merchant_of_fetch(request)
    typed = await forms.fields(request, _FIELDS)
    viewer = Viewer(viewer_id(typed), merchant.user)
    number = forms.number(typed, NUMBER)
    reading = settings_forms.read(typed)
    if reading.settings is not None:
        await previewing.show_draft(doors, merchant.shop, viewer, number, reading.settings)
    return Reading(reading.problems, _contrasts(typed))


def viewer_id(form: Fields) -> str:
    """Raises InputInvalid."""
    values = form.get(VIEWER, ())
    if len(values) != 1 or not previews.is_viewer_id(values[0]):
        raise InputInvalid("The form names no page to show it on.")
    return values[0]


def _contrasts(typed: Fields) -> dict[str, float]:
    """Of the merchant's own colours; rounded down, so that not enough never reads as enough."""
    palette = settings_forms.palette(typed)
    if palette is None:
        return {}
    ratios = {
        "text": contrast.ratio(palette.text, palette.background),
        "accent": contrast.ratio(palette.accent, palette.background),
    }
    return {name: math.floor(ratio * 10) / 10 for name, ratio in ratios.items()}
