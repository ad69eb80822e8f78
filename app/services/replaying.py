"""Makes a shop's derived tables anew from its stored deliveries, and puts right what differs.

All that was done to them is done once more, from the first on, in the order of the journal: each
event is made of its delivery, and decided at the moment and by the rules, settings and catalogue of
then. What was taken back by hand, hidden or redacted is so again. It happens beside the tables in
use, in scratch tables, one short transaction per deed, since a long one would hold back every
follower of the inbox. Then, for a moment in which nobody changes this shop, what came meanwhile is
done too, the two are compared, and what differs is written. Events that arrive then wait for that
moment to end; those that no worker has worked off yet are not in the journal, and are left to it.

Nobody hears of it: neither Redis nor Kafka is opened.
"""

from datetime import datetime
from uuid import UUID

import msgspec

from app.data import customers, journal, mending, notifications, scratch, shops
from app.data import rules as stored_rules
from app.data import settings as stored_settings
from app.data.database import Connection
from app.data.mending import Mended
from app.data.scratch import Scratch
from app.domain import buyers
from app.domain.journals import (
    Basis,
    Counted,
    Entry,
    Hid,
    Reacted,
    Redacted,
    Seen,
    Withdrew,
    WithdrewOf,
)
from app.domain.notifications import withdraw
from app.domain.rules import Rule
from app.domain.settings import ShopSettings
from app.errors import ShopUnknown
from app.services import reactions, recalling
from app.services.reactions import counts
from app.services.reactions.lookups import Recalled
from app.services.reactions.work import Work, made

_PIECE = 100
# So few are done while the shop waits.
_FEW = 20


class Outcome(msgspec.Struct, frozen=True):
    """How many deliveries were read, how many of them in vain, and what was put right by table."""

    deliveries: int
    unreadable: int
    mended: dict[str, Mended]


async def replay(database_url: str, shop: str, since: datetime) -> Outcome:
    """Compares and writes what changed since, or is made of deliveries received since.

    What came before is walked through too: what follows rests on it. Raises ShopUnknown and
    DataUnavailable.
    """
    async with scratch.opened(database_url, shop) as tables:
        async with tables.transaction() as connection:
            if await shops.state(connection, shop) is None:
                raise ShopUnknown(shop)
        walk = _Walk(tables, shop)
        while await walk.catch_up() > _FEW:
            pass
        async with tables.transaction() as connection:
            await journal.have_turn(connection, shop)
            await walk.finish(connection)
            mended = await _mend(connection, shop, since)
        return Outcome(walk.deliveries, walk.unreadable, mended)


async def _mend(connection: Connection, shop: str, since: datetime) -> dict[str, Mended]:
    """Events first: a notification without stored proof is refused."""
    privacy = (await stored_settings.current(shop)).settings.privacy
    with_towns = buyers.tells_towns(privacy)
    return {
        "events": await mending.events(connection, shop, since, with_towns=with_towns),
        "notifications": await mending.notifications(connection, shop, since),
        "activity": await mending.activity(connection, shop, since),
        "customers": await mending.customers(connection, shop, since),
    }


class _Walk:
    """Along the journal, into the scratch tables."""

    def __init__(self, tables: Scratch, shop: str) -> None:
        self._tables = tables
        self._shop = shop
        self._last = 0
        self._rules: dict[int, list[Rule]] = {}
        self._settings: dict[int, ShopSettings] = {}
        self.deliveries = 0
        self.unreadable = 0

    async def catch_up(self) -> int:
        """How many deeds there were to do."""
        async with self._tables.transaction() as connection:
            await journal.have_turn(connection, self._shop)
            until = await journal.end(connection, self._shop)
        done = 0
        while True:
            async with self._tables.transaction() as connection:
                entries = await journal.after(connection, self._shop, self._last, until, _PIECE)
            for entry in entries:
                async with self._tables.transaction() as connection:
                    await self._do(connection, entry)
            done += len(entries)
            if len(entries) < _PIECE:
                return done

    async def finish(self, connection: Connection) -> None:
        """The rest, in the turn that the caller has."""
        until = await journal.end(connection, self._shop)
        while entries := await journal.after(connection, self._shop, self._last, until, _PIECE):
            for entry in entries:
                await self._do(connection, entry)

    async def _do(self, connection: Connection, entry: Entry) -> None:
        shop, at = self._shop, entry.at
        match entry.deed:
            case Reacted() as deed:
                await self._react(connection, deed, at)
            case Counted() as deed:
                await self._count(connection, deed, at)
            case Withdrew(ids, reason):
                told = await notifications.some(shop, ids)
                published = [each for each in told if each.state == "published"]
                for each in withdraw(published, reason, None):
                    await notifications.save(connection, shop, each, at)
            case WithdrewOf(products, reason):
                await notifications.withdraw(connection, shop, products, reason, (), at, since=None)
            case Hid(ids, facts):
                await notifications.hide_of(connection, shop, ids, facts, at)
            case Redacted(left, customer):
                await notifications.redact_as(connection, shop, left, at)
                if customer is not None:
                    await customers.forget(connection, shop, customer)
        self._last = entry.id

    async def _react(self, connection: Connection, deed: Reacted, at: datetime) -> None:
        self.deliveries += 1
        event = await recalling.event_of(connection, self._shop, deed)
        if event is None:
            self.unreadable += 1
            return
        work = await self._work(connection, deed.basis, deed.seen, event.id, at)
        await reactions.work_off(work, event)

    async def _count(self, connection: Connection, deed: Counted, at: datetime) -> None:
        work = await self._work(connection, deed.basis, deed.seen, None, at)
        for rule in work.rules:
            if rule.id == deed.rule:
                await counts.recount(work, rule, deed.product)

    async def _work(
        self, connection: Connection, basis: Basis, seen: Seen, event: UUID | None, at: datetime
    ) -> Work:
        return made(
            connection,
            self._shop,
            event,
            at,
            rules=await self._rules_of(connection, basis.rules),
            settings=await self._settings_of(connection, basis.settings),
            lookups=Recalled(connection, self._shop, seen),
            basis=basis,
        )

    async def _rules_of(self, connection: Connection, number: int) -> list[Rule]:
        if number not in self._rules:
            self._rules[number] = await stored_rules.as_of(connection, self._shop, number)
        return self._rules[number]

    async def _settings_of(self, connection: Connection, number: int) -> ShopSettings:
        if number not in self._settings:
            found = await stored_settings.version(connection, self._shop, number)
            self._settings[number] = found.settings if found else ShopSettings()
        return self._settings[number]
