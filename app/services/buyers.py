"""What may be told of a buyer, read from the delivery: the event does not carry it."""

from datetime import datetime

from app.data import bodies
from app.data.database import Connection
from app.domain import buyers
from app.domain.buyers import NOBODY, Buyer
from app.domain.settings import Privacy
from app.shopify import buyers as payloads


async def read(
    connection: Connection, shop: str, privacy: Privacy, delivery_id: int, received_at: datetime
) -> Buyer:
    """Nobody where nothing may be told anyway: then nothing is read either."""
    if not (buyers.tells_names(privacy) or buyers.tells_towns(privacy)):
        return NOBODY
    body = await bodies.body_of(connection, shop, delivery_id, received_at)
    return payloads.read(body) if body is not None else NOBODY


def town_of(buyer: Buyer, privacy: Privacy) -> str | None:
    """What is kept of a town beside an event: nothing, while the shop tells no towns."""
    return buyers.town_key(buyer) if buyers.tells_towns(privacy) else None
