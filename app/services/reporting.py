"""Takes in what a shop reports of itself; it goes the way of every delivery from there."""

import msgspec

from app.domain.callers import Caller
from app.domain.deliveries import Delivery, Receipt
from app.domain.reports import AnyReport, objection_to
from app.doors import Doors
from app.errors import InputInvalid, ShopUnknown
from app.services.intake import Intake
from app.shopify import topics


async def report(doors: Doors, intake: Intake, caller: Caller, told: AnyReport) -> bool:
    """False for one whose reference was reported before. Raises InputInvalid, ShopUnknown."""
    if objection := objection_to(told, doors.clock()):
        raise InputInvalid(objection)
    kind = str(told.__struct_config__.tag)
    delivery = Delivery(
        shop=caller.shop,
        webhook_id=f"report-{kind}-{told.reference}",
        topic=topics.REPORTED,
        api_version=doors.settings.shopify_api_version,
        triggered_at=None,
        headers={},
        body=msgspec.json.encode(told),
    )
    receipt = await intake.accept(delivery)
    if receipt is Receipt.DUPLICATE:
        return False
    if receipt is not Receipt.STORED:
        raise ShopUnknown(caller.shop)
    return True
