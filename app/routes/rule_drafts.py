"""A rule as it is typed: read, and shown on the page that it is typed into."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.domain import rule_forms
from app.domain.previews import Viewer
from app.doors import Doors
from app.routes import forms, identity
from app.routes.rule_fields import LARGEST, field_names, known, with_another
from app.routes.settings_drafts import NUMBER, VIEWER, Reading, viewer_id
from app.services import previewing


@post(
    "/rules/{rule_id:uuid}/draft",
    status_code=200,
    request_max_body_size=LARGEST,
    include_in_schema=False,
)
async def create(
    request: Request[Any, Any, Any], rule_id: FromPath[UUID], doors: NamedDependency[Doors]
) -> Reading:
    """With problems it is shown to nobody. That is no refusal: it is what happens in between."""
    merchant = await identity.merchant_of_fetch(request)
    rule = await known(doors, merchant.shop, rule_id)
    typed = with_another(await forms.fields(request, field_names(rule) | {VIEWER, NUMBER}))
    viewer = Viewer(viewer_id(typed), merchant.user)
    number = forms.number(typed, NUMBER)
    reading = rule_forms.read(typed, rule)
    if reading.rule is not None:
        shown = msgspec.structs.replace(reading.rule, enabled=True)
        await previewing.show_rule(doors, merchant.shop, viewer, number, shown)
    return Reading(reading.problems, {})
