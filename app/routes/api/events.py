"""What a shop reports of itself: reviews, sign-ups, and news of its own kinds."""

import msgspec
from litestar import post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from app.domain.callers import Caller
from app.domain.reports import AnyReport
from app.doors import Doors
from app.routes.api import descriptions
from app.services import reporting
from app.services.intake import Intake

LARGEST = 16_000


class Reported(msgspec.Struct, frozen=True):
    """`is_new` is False for a reference that was reported before: it counts once."""

    reference: str
    is_new: bool


@post(
    "/events",
    status_code=202,
    summary="Report a review, a sign-up or news of the shop's own",
    description="Never orders or stock. What comes of it is marked as reported by the shop. "
    "`reference` is your own key: what is reported twice under it counts once.",
    request_max_body_size=LARGEST,
    responses=descriptions.refusals(400, 413),
)
async def create(
    data: JSONBody[AnyReport],
    caller: NamedDependency[Caller],
    doors: NamedDependency[Doors],
    intake: NamedDependency[Intake],
) -> Reported:
    return Reported(data.reference, await reporting.report(doors, intake, caller, data))
