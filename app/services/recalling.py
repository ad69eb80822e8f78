"""Makes an event once more of the delivery that told of it."""

from app.data import deliveries, mending
from app.data.database import Connection
from app.domain import events
from app.domain.events import PreviewRequested, ShopEvent
from app.domain.journals import Reacted
from app.errors import PayloadUnreadable
from app.shopify import topics


async def event_of(connection: Connection, shop: str, deed: Reacted) -> ShopEvent | None:
    """Where too little is left of the delivery, as it is stored; None where nothing is left."""
    found = await deliveries.find(connection, shop, deed.delivery, deed.received_at)
    if found is None:
        return None
    try:
        event: events.AnyEvent | None = events.decode(events.encode(topics.event_of(found)))
    except PayloadUnreadable:
        event = await mending.kept_event(connection, deed.event, found)
    return None if isinstance(event, PreviewRequested) else event
