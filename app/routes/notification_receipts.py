"""One notification with its receipt: the card, and the stored events that prove it."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from app.data import audit_log, events, notifications, rules, settings, shops
from app.data.database import Connection
from app.domain import announcements, tellings
from app.domain.languages import Language
from app.domain.notifications import BY_HAND, Notification
from app.domain.receipts import Deed
from app.domain.rules import Rule
from app.domain.settings import Languages, ShopSettings
from app.doors import Doors
from app.errors import NotificationUnknown
from app.routes import admin_pages, live_positions, notification_lists, visits
from app.services import retracting, storefront
from app.views import notification_receipts as views
from app.views.moments import Clock
from app.views.notification_receipts import Card, ReceiptView


@get("/notifications/{notification_id:uuid}", include_in_schema=False)
async def show(
    request: Request[Any, Any, Any],
    notification_id: FromPath[UUID],
    doors: NamedDependency[Doors],
) -> Template:
    merchant = await visits.merchant(request, doors)
    return admin_pages.page(
        request,
        doors,
        merchant,
        "notifications/show.html",
        fragment="notifications/_receipt.html",
        receipt=await read(doors, merchant.shop, notification_id),
    )


async def read(doors: Doors, shop: str, notification_id: UUID) -> ReceiptView:
    """Raises NotificationUnknown, and ShopUnknown."""
    # Before the notification is, so that the stream goes on where this ends.
    position = await live_positions.now(doors, shop)
    async with doors.data.tenant(shop) as connection:
        await shops.require_installed(connection, shop)
        found = await notifications.find(shop, notification_id)
        if found is None:
            raise NotificationUnknown(str(notification_id))
        [row] = await notification_lists.viewed(connection, doors, shop, [found])
        saved = (await settings.current(shop)).settings
        rule = next(each for each in await rules.all_of(shop) if each.id == found.rule)
        proof = await events.proving(connection, shop, found.proof)
        made_at = await notifications.made_at(connection, shop, found.id)
        deed = await _deed(connection, shop, found)
        clock = Clock(doors.clock(), await shops.zone(connection, shop))
    return views.view(
        row,
        await _card(doors, shop, found, rule, saved),
        proof,
        tellings.of(found, rule, saved.privacy).facts,
        product=found.facts.product.id if found.facts.product else None,
        made_at=made_at or found.occurred_at,
        deed=deed,
        clock=clock,
        position=position,
    )


async def _deed(connection: Connection, shop: str, notification: Notification) -> Deed | None:
    if notification.reason != BY_HAND:
        return None
    return await audit_log.last(
        connection, shop, retracting.ACTION, notification=str(notification.id)
    )


async def _card(
    doors: Doors, shop: str, notification: Notification, rule: Rule, saved: ShopSettings
) -> Card:
    """As it looks by the settings of today; also while cards are paused, or its rule is off."""
    looks = msgspec.structs.replace(saved, paused=False)
    speaking = [msgspec.structs.replace(rule, enabled=True)]
    config = await storefront.draft(
        doors.data, doors.settings, shop, looks, speaking, doors.clock()
    )
    frame = announcements.card(notification, saved.privacy)
    return Card(_json(config), _json(frame), _language(saved.languages))


def _language(languages: Languages) -> Language:
    """Of those that shoppers hear, the one that the admin speaks, if it is among them."""
    heard = (*languages.enabled, *([languages.fallback] if languages.fallback else []))
    return "en" if "en" in heard else heard[0]


def _json(part: msgspec.Struct) -> str:
    return msgspec.json.encode(part).decode()
