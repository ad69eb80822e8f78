"""What a rule's filters can be chosen from, while somebody searches."""

from typing import Any
from uuid import UUID

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from app.domain import choices, rule_forms
from app.doors import Doors
from app.errors import InputInvalid
from app.routes import forms, identity
from app.routes.rule_fields import LARGEST, field_names, known
from app.services import choosing
from app.views import pages

_LONGEST = 100


@post(
    "/rules/{rule_id:uuid}/choices",
    status_code=200,
    include_in_schema=False,
    request_max_body_size=LARGEST,
)
async def create(
    request: Request[Any, Any, Any], rule_id: FromPath[UUID], doors: NamedDependency[Doors]
) -> Template:
    """What is chosen already, and a few more that the text is found in."""
    merchant = await identity.merchant_of_fetch(request)
    rule = await known(doors, merchant.shop, rule_id)
    field = request.query_params.get("of", "")
    what = choices.what(field)
    if what is None or field not in rule_forms.shown(rule.of_kind):
        raise InputInvalid("The rule has nothing of that name to choose.")
    # The rest of the form comes with it.
    typed = await forms.fields(request, field_names(rule))
    text, chosen = forms.text(typed, "q").strip()[:_LONGEST], typed.get(field, [])
    if "\0" in text or len(chosen) > rule_forms.MOST_CHOSEN:
        raise InputInvalid("That cannot be searched for.")
    async with doors.data.tenant(merchant.shop) as connection:
        return pages.fragment(
            "rules/_choices.html",
            field=field,
            text=text,
            chosen=await choosing.named(connection, merchant.shop, what, chosen),
            found=await choosing.found(connection, merchant.shop, what, text, chosen),
        )
