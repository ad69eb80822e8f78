"""Somebody opened an account, or is gone; how often they bought, and how they are tagged."""

from app.data import bodies, customers, notifications
from app.domain.buyers import NOTHING, Buyer, Told
from app.domain.events import (
    CustomerCreated,
    CustomerDeleted,
    CustomerTagged,
    CustomerUntagged,
    CustomerUpdated,
    PurchasesCounted,
)
from app.domain.kinds import SIGN_UP
from app.domain.notifications import Draft, Facts
from app.domain.rule_filters import Occasion
from app.domain.rules import Rule
from app.services.reactions import opting_out, orders
from app.services.reactions.work import Work, tell
from app.shopify import customers as payloads

AnyCustomerEvent = (
    CustomerCreated
    | CustomerUpdated
    | CustomerDeleted
    | CustomerTagged
    | CustomerUntagged
    | PurchasesCounted
)


async def react(work: Work, event: AnyCustomerEvent) -> None:
    connection, shop, customer = work.connection, work.shop, event.data.id
    match event:
        case CustomerCreated():
            for rule in work.of_kind(SIGN_UP):
                await _tell(work, rule, event)
        case CustomerDeleted():
            await customers.bury(connection, shop, customer, event.data.updated_at)
            await _take_back(work, event, "customer-deleted")
        case CustomerTagged():
            tags = await _tags(work, event)
            await opting_out.wait_for_others(work, customer)
            await customers.tag(connection, shop, customer, tags)
            if await opting_out.opts_out(work, tags):
                await opting_out.take_back(work, customer, event.data.entity)
        case CustomerUntagged():
            tags = await _tags(work, event)
            await opting_out.wait_for_others(work, customer)
            await customers.untag(connection, shop, customer, tags)
        case PurchasesCounted():
            # Its row is locked last: until then, whoever is waited for may need it.
            await orders.hear_of_purchases(work, event.data)
            await customers.note_orders(connection, shop, customer, event.data.orders)
        case CustomerUpdated():
            pass  # kept as an event alone


async def _tell(work: Work, rule: Rule, event: CustomerCreated) -> None:
    known = await customers.find(work.connection, work.shop, event.data.id)
    if known.is_deleted:
        reason: str | None = "customer-deleted"
    elif await opting_out.opts_out(work, known.tags):
        reason = "privacy"
    else:
        occasion = Occasion(event.occurred_at, country=event.data.country)
        reason = work.reason_against(rule, occasion)
    told = NOTHING if reason else await _told(work, rule, event)
    await tell(
        work,
        rule,
        Draft(
            f"sign-up:{event.data.id}",
            Facts(name=told.name, place=told.place, country=told.country),
        ),
        reason,
        source=event.data.entity,
        occurred_at=event.occurred_at,
        proof=[event.id],
    )


async def _told(work: Work, rule: Rule, event: CustomerCreated) -> Told:
    body = await _body(work, event)
    person = payloads.person(body) if body is not None else Buyer()
    return await work.told_of(person, rule, event.data.entity)


async def _tags(work: Work, event: CustomerTagged | CustomerUntagged) -> tuple[str, ...]:
    """Read from the delivery: a tag may say something of somebody, so that none is on Kafka."""
    return payloads.tags(await _body(work, event) or b"{}")


async def _body(work: Work, event: AnyCustomerEvent) -> bytes | None:
    return await bodies.body_of(work.connection, work.shop, event.delivery.id, event.received_at)


async def _take_back(work: Work, event: AnyCustomerEvent, reason: str) -> None:
    for told in await notifications.of_source(work.shop, event.data.entity):
        await work.withdraw(told, reason)
