"""Saves what a merchant wishes of a rule, and tells open storefront pages."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

import msgspec
import structlog

from app.data import audit_log, rules, settings, shops, sync_jobs
from app.data.database import Connection
from app.domain import jobs, rule_checks
from app.domain.callers import Caller
from app.domain.events import Announced
from app.domain.kinds import ANNOUNCEMENT, BY_NAME
from app.domain.rules import Rule, RuleStale, Wish, beginning
from app.doors import Doors
from app.errors import LiveUnavailable, RuleInvalid, RuleUnknown
from app.services import own_deliveries
from app.services.intake import Intake
from app.shopify import topics

log = structlog.get_logger()

MOST = 50
# Removed ones stay, for what was told by them, and whatever reads the shop's rules reads them too.
MOST_EVER = 500


async def save(doors: Doors, caller: Caller, wanted: Rule, *, on_top_of: int | None = None) -> Rule:
    """Raises RuleInvalid with a sentence for each field, RuleUnknown, and RuleStale where
    `on_top_of` is not the newest version."""
    if problems := rule_checks.problems(wanted):
        raise RuleInvalid(problems)
    shop, now = caller.shop, doors.clock()
    async with doors.data.tenant(shop) as connection:
        newest = await rules.find(shop, wanted.id)
        based = newest.version if on_top_of is None else on_top_of
        version = await rules.save(
            connection, shop, msgspec.structs.replace(wanted, version=based), caller.user, now
        )
        if version is None:
            yours = msgspec.structs.replace(wanted, version=based)
            raise RuleStale(yours, await rules.find(shop, wanted.id))
        if wanted.of_kind.has_windows:
            await sync_jobs.enqueue(connection, shop, [jobs.COUNTS], now)
        await _note(connection, caller, "saved a rule", wanted, now)
    await _announce(doors, shop)
    return msgspec.structs.replace(wanted, version=version)


async def add(doors: Doors, caller: Caller, kind: str) -> Rule:
    """One more of a kind, switched off. Raises RuleInvalid for too many, or a kind that is none."""
    if kind not in BY_NAME:
        raise RuleInvalid({"kind": "Choose one of those on offer."})
    made, now = Rule(uuid4(), kind, enabled=False, wish=Wish()), doors.clock()
    async with doors.data.tenant(caller.shop) as connection:
        await shops.hold_installed(connection, caller.shop)
        if problem := _too_many(await rules.all_of(caller.shop)):
            raise RuleInvalid({"kind": problem})
        await rules.save(connection, caller.shop, made, caller.user, now)
        await _note(connection, caller, "added a rule", made, now)
    return msgspec.structs.replace(made, version=1)


async def remove(doors: Doors, caller: Caller, rule_id: UUID) -> Rule:
    """For one that was added; those that every shop has are switched off instead.

    Raises RuleUnknown, or RuleInvalid.
    """
    shop, now = caller.shop, doors.clock()
    async with doors.data.tenant(shop) as connection:
        found = await rules.find(shop, rule_id)
        if rule_id in {rule.id for rule in beginning(shop)}:
            raise RuleInvalid({"kind": "This rule stays; switch it off instead."})
        await rules.remove(connection, shop, rule_id, caller.user, now)
        await _note(connection, caller, "removed a rule", found, now)
    await _announce(doors, shop)
    return found


async def publish(doors: Doors, intake: Intake, caller: Caller, rule_id: UUID) -> None:
    """The merchant's own act: an announcement goes the way of every event, and is proved by it.

    One version goes once a minute at most: a second click has nothing left to do.
    """
    async with doors.data.tenant(caller.shop):
        found = await rules.find(caller.shop, rule_id)
    if found.kind != ANNOUNCEMENT:
        raise RuleUnknown(str(rule_id))
    if not found.enabled or not found.wish.wording:
        raise RuleInvalid({"wording": "Switch it on and write what shoppers are to read first."})
    now = doors.clock()
    # The same for both of a double click: the inbox keeps one.
    webhook_id = f"announcement-{found.id}-{found.version}-{now:%Y%m%dT%H%M}"
    announced = Announced(found.id, now, found.wish.wording)
    await own_deliveries.hand_in(
        doors, intake, caller.shop, topics.ANNOUNCED, webhook_id, announced
    )


def _too_many(found: Collection[Rule]) -> str | None:
    if sum(not rule.is_removed for rule in found) >= MOST:
        return f"A shop has at most {MOST} rules; remove one first."
    if len(found) >= MOST_EVER:
        return (
            f"A shop has at most {MOST_EVER} rules, removed ones included; change one that it has."
        )
    return None


async def _note(
    connection: Connection, caller: Caller, action: str, rule: Rule, now: datetime
) -> None:
    await audit_log.add(
        connection, caller.shop, caller.user, action, now, rule=str(rule.id), kind=rule.kind
    )


async def _announce(doors: Doors, shop: str) -> None:
    async with doors.data.tenant(shop) as connection:
        version = await settings.told_version(connection, shop)
    try:
        await doors.live.publish_settings(shop, version)
    except LiveUnavailable as error:
        # Saved is saved: pages read the rules when they are opened next.
        log.warning("rules not announced", shop=shop, reason=str(error))
