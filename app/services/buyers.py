"""What may be told of a buyer, read from the delivery: the event does not carry it."""

from datetime import datetime
from uuid import UUID

from app.data import bodies
from app.data.database import Connection
from app.domain import buyers
from app.domain.buyers import NOBODY, NOWHERE, Buyer, Origin
from app.domain.events import customer_id
from app.domain.settings import Privacy
from app.shopify import buyers as payloads


async def read(
    connection: Connection, shop: str, privacy: Privacy, delivery_id: int, received_at: datetime
) -> Buyer:
    """Nobody where nothing may be told anyway: then nothing is read either."""
    if not (buyers.tells_names(privacy) or buyers.tells_towns(privacy)):
        return NOBODY
    return await _read(connection, shop, delivery_id, received_at)


async def customer_of(
    connection: Connection, shop: str, delivery_id: int, received_at: datetime
) -> UUID | None:
    """Whose order a delivery tells of, by the id that names nobody."""
    buyer = await _read(connection, shop, delivery_id, received_at)
    return _customer(shop, buyer)


def _customer(shop: str, buyer: Buyer) -> UUID | None:
    return None if buyer.customer is None else customer_id(shop, buyer.customer)


async def _read(
    connection: Connection, shop: str, delivery_id: int, received_at: datetime
) -> Buyer:
    body = await bodies.body_of(connection, shop, delivery_id, received_at)
    return payloads.read(body) if body is not None else NOBODY


def origin_of(shop: str, buyer: Buyer, privacy: Privacy) -> Origin:
    """What is kept beside an event: nothing, while the shop tells no places."""
    if not buyers.tells_towns(privacy):
        return NOWHERE
    return Origin(
        buyers.place_key(buyer, buyer.town),
        buyers.place_key(buyer, buyer.region),
        _customer(shop, buyer),
    )
