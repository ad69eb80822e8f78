"""What is said from within goes the way of every delivery, under a topic of our own."""

import msgspec

from app.domain.deliveries import Delivery, Receipt
from app.doors import Doors
from app.errors import ShopUnknown
from app.services.intake import Intake


async def hand_in(
    doors: Doors, intake: Intake, shop: str, topic: str, webhook_id: str, said: msgspec.Struct
) -> bool:
    """False for what was handed in before under the id. Raises ShopUnknown where the shop has
    left."""
    delivery = Delivery(
        shop=shop,
        webhook_id=webhook_id,
        topic=topic,
        api_version=doors.settings.shopify_api_version,
        triggered_at=None,
        headers={},
        body=msgspec.json.encode(said),
    )
    receipt = await intake.accept(delivery)
    if receipt not in (Receipt.STORED, Receipt.DUPLICATE):
        raise ShopUnknown(shop)
    return receipt is Receipt.STORED
