"""Saves what a merchant wishes of a rule, and tells open storefront pages."""

from uuid import UUID, uuid4

import msgspec
import structlog

from app.data import audit_log, rules, settings, sync_jobs
from app.domain import jobs, rule_checks
from app.domain.callers import Caller
from app.domain.deliveries import Delivery, Receipt
from app.domain.events import Announced
from app.domain.kinds import ANNOUNCEMENT, BY_NAME
from app.domain.rules import Rule, Wish
from app.doors import Doors
from app.errors import LiveUnavailable, RuleInvalid, RuleUnknown, ShopUnknown
from app.services.intake import Intake
from app.shopify import topics

log = structlog.get_logger()

MOST = 50


async def save(doors: Doors, caller: Caller, wanted: Rule) -> Rule:
    """Raises RuleInvalid with a sentence for each field, and RuleUnknown."""
    if problems := rule_checks.problems(wanted):
        raise RuleInvalid(problems)
    shop, now = caller.shop, doors.clock()
    async with doors.data.tenant(shop) as connection:
        known = await rules.all_of(shop)
        if wanted.id not in {rule.id for rule in known}:
            raise RuleUnknown(str(wanted.id))
        await rules.save(connection, shop, wanted, caller.user, now)
        if wanted.of_kind.has_windows:
            await sync_jobs.enqueue(connection, shop, [jobs.COUNTS], now)
        await audit_log.add(
            connection,
            shop,
            caller.user,
            "saved a rule",
            now,
            rule=str(wanted.id),
            kind=wanted.kind,
        )
    await _announce(doors, shop)
    return wanted


async def add(doors: Doors, caller: Caller, kind: str) -> Rule:
    """One more of a kind, switched off. Raises RuleInvalid for too many, or a kind that is none."""
    if kind not in BY_NAME:
        raise RuleInvalid({"kind": "Choose one of those on offer."})
    made = Rule(uuid4(), kind, enabled=False, wish=Wish())
    async with doors.data.tenant(caller.shop) as connection:
        if len(await rules.all_of(caller.shop)) >= MOST:
            raise RuleInvalid({"kind": f"A shop has at most {MOST} rules."})
        await rules.save(connection, caller.shop, made, caller.user, doors.clock())
    return made


async def publish(doors: Doors, intake: Intake, caller: Caller, rule_id: UUID) -> None:
    """The merchant's own act: an announcement goes the way of every event, and is proved by it."""
    async with doors.data.tenant(caller.shop):
        found = next((one for one in await rules.all_of(caller.shop) if one.id == rule_id), None)
    if found is None or found.kind != ANNOUNCEMENT:
        raise RuleUnknown(str(rule_id))
    if not found.enabled or not found.wish.wording:
        raise RuleInvalid({"wording": "Switch it on and write what shoppers are to read first."})
    announced = Announced(found.id, doors.clock(), found.wish.wording)
    delivery = Delivery(
        shop=caller.shop,
        webhook_id=f"announcement-{uuid4()}",
        topic=topics.ANNOUNCED,
        api_version=doors.settings.shopify_api_version,
        triggered_at=None,
        headers={},
        body=msgspec.json.encode(announced),
    )
    if await intake.accept(delivery) is not Receipt.STORED:
        raise ShopUnknown(caller.shop)


async def _announce(doors: Doors, shop: str) -> None:
    async with doors.data.tenant(shop) as connection:
        version = await settings.told_version(connection, shop)
    try:
        await doors.live.publish_settings(shop, version)
    except LiveUnavailable as error:
        # Saved is saved: pages read the rules when they are opened next.
        log.warning("rules not announced", shop=shop, reason=str(error))
