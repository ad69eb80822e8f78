"""A merchant tries a rule out on what really happened, before saving it."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from app.data import settings
from app.domain import rule_forms
from app.domain.rehearsals import SPANS, TYPES
from app.doors import Doors
from app.errors import InputInvalid, RehearsalBusy, ScratchTablesRefused
from app.routes import forms, identity
from app.routes.rule_fields import LARGEST, field_names, known, with_another
from app.services import rehearsing
from app.views import pages
from app.views import rehearsals as views

_SPAN = "span"
_MEND_FIRST = "Mend what is marked in the form first: only a rule that can be saved can be played."
_OWN_ACT = "An announcement is said when you publish it: there is nothing to play it against."
_REFUSED = "Postgres allows no temporary tables. Whoever runs Earshot for you has to allow them."


@post(
    "/rules/{rule_id:uuid}/rehearsal",
    status_code=200,
    include_in_schema=False,
    request_max_body_size=LARGEST,
)
async def create(
    request: Request[Any, Any, Any], rule_id: FromPath[UUID], doors: NamedDependency[Doors]
) -> Template:
    """422 for a form that says no rule."""
    merchant = await identity.merchant_of_fetch(request)
    rule = await known(doors, merchant.shop, rule_id)
    typed = with_another(await forms.fields(request, field_names(rule) | {_SPAN}))
    span = next((each for each in SPANS if each == forms.text(typed, _SPAN)), None)
    if span is None:
        raise InputInvalid("A rehearsal plays the last 24h or 7d.")
    reading = rule_forms.read(typed, rule)
    if reading.rule is None:
        return _problem(_MEND_FIRST)
    if rule.kind not in TYPES:
        return _problem(_OWN_ACT)
    wished = msgspec.structs.replace(reading.rule, enabled=True)
    try:
        rehearsal = await rehearsing.rehearse(doors, merchant.shop, wished, span)
    except ScratchTablesRefused:
        return _problem(_REFUSED)
    except RehearsalBusy as error:
        return _problem(str(error))
    async with doors.data.tenant(merchant.shop):
        privacy = (await settings.current(merchant.shop)).settings.privacy
    view = views.view(rehearsal, wished, privacy, doors.clock())
    return pages.fragment("rules/_rehearsal.html", rehearsal=view, problem=None)


def _problem(sentence: str) -> Template:
    return pages.fragment("rules/_rehearsal.html", status_code=422, problem=sentence)
