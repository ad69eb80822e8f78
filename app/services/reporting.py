"""Takes in what a shop reports of itself; it goes the way of every delivery from there."""

from app.domain.callers import Caller
from app.domain.reports import AnyReport, objection_to
from app.doors import Doors
from app.errors import InputInvalid
from app.services import own_deliveries
from app.services.intake import Intake
from app.shopify import topics


async def report(doors: Doors, intake: Intake, caller: Caller, told: AnyReport) -> bool:
    """False for one whose reference was reported before. Raises InputInvalid, ShopUnknown."""
    if objection := objection_to(told, doors.clock()):
        raise InputInvalid(objection)
    kind = str(told.__struct_config__.tag)
    webhook_id = f"report-{kind}-{told.reference}"
    return await own_deliveries.hand_in(
        doors, intake, caller.shop, topics.REPORTED, webhook_id, told
    )
