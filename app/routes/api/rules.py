"""A shop's rules, for programs."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from app.data import rules
from app.domain.callers import Caller
from app.domain.rules import Rule, Wish
from app.doors import Doors
from app.routes import problems
from app.routes.api import descriptions
from app.services import ruling
from app.services.intake import Intake

LARGEST = 64_000


class RuleWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of a rule that may be changed; `version` is the one that you changed, so that you do not
    overwrite what somebody else has saved since."""

    enabled: bool
    wish: Wish
    version: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)] | None = None


class NewRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: Annotated[str, msgspec.Meta(max_length=64)]


@get("/rules", summary="List the shop's rules", responses=descriptions.refusals())
async def index(caller: NamedDependency[Caller], doors: NamedDependency[Doors]) -> list[Rule]:
    async with doors.data.tenant(caller.shop):
        return await rules.in_use(caller.shop)


@post(
    "/rules",
    summary="Add a rule of a kind, switched off",
    request_max_body_size=LARGEST,
    responses=descriptions.refusals(400, 413, 422),
)
async def create(
    data: JSONBody[NewRule],
    caller: NamedDependency[Caller],
    doors: NamedDependency[Doors],
) -> Rule:
    return await ruling.add(doors, caller, data.kind)


@put(
    "/rules/{rule_id:uuid}",
    summary="Save a rule, whole",
    description="Fields that are left out get their defaults.",
    request_max_body_size=LARGEST,
    responses=descriptions.refusals(400, 409, 413, 422, stale=problems.StaleRule),
)
async def update(
    data: JSONBody[RuleWish],
    rule_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    doors: NamedDependency[Doors],
) -> Rule:
    async with doors.data.tenant(caller.shop):
        known = await rules.find(caller.shop, rule_id)
    rule = msgspec.structs.replace(known, enabled=data.enabled, wish=data.wish)
    return await ruling.save(doors, caller, rule, on_top_of=data.version)


@delete(
    "/rules/{rule_id:uuid}",
    summary="Remove a rule that was added",
    responses=descriptions.refusals(400, 422),
)
async def destroy(
    rule_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    doors: NamedDependency[Doors],
) -> None:
    await ruling.remove(doors, caller, rule_id)


@post(
    "/rules/{rule_id:uuid}/publication",
    status_code=202,
    summary="Publish what a rule of announcements says",
    responses=descriptions.refusals(400, 422),
)
async def create_publication(
    rule_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    doors: NamedDependency[Doors],
    intake: NamedDependency[Intake],
) -> None:
    await ruling.publish(doors, intake, caller, rule_id)
