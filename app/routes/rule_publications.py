"""A merchant publishes what a rule of announcements says."""

from typing import Any
from uuid import UUID

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from app.domain.callers import Caller
from app.doors import Doors
from app.errors import RuleInvalid
from app.routes import identity
from app.services import ruling
from app.services.intake import Intake
from app.views import pages


@post("/rules/{rule_id:uuid}/publication", status_code=200, include_in_schema=False)
async def create(
    request: Request[Any, Any, Any],
    rule_id: FromPath[UUID],
    doors: NamedDependency[Doors],
    intake: NamedDependency[Intake],
) -> Template:
    """Answered once it is on its way to open pages; 422 with what has to be saved first."""
    merchant = await identity.merchant_of_fetch(request)
    try:
        await ruling.publish(doors, intake, Caller(merchant.shop, merchant.user), rule_id)
    except RuleInvalid as error:
        problem = next(iter(error.problems.values()))
        return pages.fragment("rules/_publication.html", status_code=422, problem=problem)
    return pages.fragment("rules/_publication.html", toast="Announcement published", problem=None)
