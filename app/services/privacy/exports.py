"""Gathers all that is held of a customer, as a document for the merchant to hand on.

Who takes it is kept, as Shopify demands of apps that hold names and addresses.
"""

from uuid import UUID

import msgspec

from app.data import audit_log, compliance_requests, customers, events, notifications
from app.data.bodies import Kept
from app.data.customers import Known
from app.data.database import Connection
from app.domain.compliance import Request
from app.domain.events import customer_id
from app.domain.traces import Traces
from app.doors import Doors
from app.errors import ExportUnknown
from app.services.privacy import inbox
from app.services.privacy.problems import CannotBeDone
from app.shopify import payloads
from app.shopify.id_tokens import Merchant

_EXPLANATION = (
    "All that Earshot holds of this customer. `deliveries` are Shopify's messages that mention"
    " them, as they came. `events` is what Earshot made of these, and `notifications` what it told"
    " shoppers. `account` is what it keeps of them itself: their tags, how many orders they placed,"
    " and whether they were deleted in Shopify. Nothing else that Earshot keeps names customers."
)


async def export(doors: Doors, request: Request) -> None:
    """Raises CannotBeDone."""
    if not request.demand.names_somebody:
        raise CannotBeDone("The request names no customer and no order.")
    gathering = _Gathering()
    orders = await inbox.comb(doors, request, gathering.deal)
    number = request.demand.customer.id
    customer = None if number is None else customer_id(request.shop, number)
    entities = [f"order:{order}" for order in sorted(orders)]
    if customer is not None:
        entities.append(f"customer:{customer}")
    now = doors.clock()
    async with doors.data.tenant(request.shop) as connection:
        document = {
            "explanation": _EXPLANATION,
            "shop": request.shop,
            "asked_at": request.said_at,
            "made_at": now,
            "customer": request.demand.customer,
            "account": await _account(connection, request.shop, customer),
            "orders": sorted(orders),
            "deliveries": list(gathering.found.values()),
            "events": await events.about(connection, request.shop, entities),
            "notifications": await notifications.of_sources(request.shop, entities),
        }
        content = msgspec.json.format(msgspec.json.encode(document), indent=2)
        if await compliance_requests.finish(connection, request, now, request.demand, content):
            await audit_log.add(
                connection,
                request.shop,
                "earshot",
                "gathered a customer's data",
                now,
                request=request.webhook_id,
                deliveries=len(gathering.found),
            )


async def hand_over(doors: Doors, merchant: Merchant, webhook_id: str) -> bytes:
    """The document, for a member of the staff, and on record that it was taken.

    Raises ExportUnknown.
    """
    if not webhook_id.isprintable():
        raise ExportUnknown(webhook_id)
    shop = merchant.shop
    async with doors.data.tenant(shop) as connection:
        content = await compliance_requests.export_of(connection, shop, webhook_id)
        if content is None:
            raise ExportUnknown(webhook_id)
        await audit_log.add(
            connection,
            shop,
            merchant.user,
            "took a customer's data",
            doors.clock(),
            request=webhook_id,
        )
    return content


async def _account(connection: Connection, shop: str, customer: UUID | None) -> Known | None:
    """None of a guest."""
    return None if customer is None else await customers.find(connection, shop, customer)


class _Gathering:
    """Deliveries by their ids, as they go into the document."""

    def __init__(self) -> None:
        self.found: dict[int, dict[str, object]] = {}

    async def deal(self, connection: Connection, found: list[Kept], traces: Traces) -> None:
        self.found |= {each.id: _described(each) for each in found}


def _described(kept: Kept) -> dict[str, object]:
    return {
        "topic": kept.topic,
        "webhook_id": kept.webhook_id,
        "received_at": kept.received_at,
        "body": payloads.readable(kept.body),
    }
