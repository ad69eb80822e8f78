"""Plays what really happened of late against a rule that is not saved yet; nobody hears of it.

The same reactions work the same events off, at the moments of then and with what was known of the
catalogue then, in scratch tables that end with it. The rule and the settings are those of now.
"""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from uuid import UUID

import msgspec

from app.data import notifications, rehearsals, scratch, settings, shops
from app.data.database import Connection
from app.data.scratch import Scratch
from app.domain.buyers import Sharing
from app.domain.journals import Basis, Entry, Reacted
from app.domain.notifications import ProductFacts
from app.domain.rehearsals import SPANS, TYPES, Rehearsal, Span
from app.domain.rule_filters import Goods
from app.domain.rules import Rule
from app.domain.settings import ShopSettings
from app.doors import Doors
from app.errors import RehearsalBusy
from app.services import reactions, recalling
from app.services.reactions import counts
from app.services.reactions.lookups import Lookups, Recalled
from app.services.reactions.work import PUBLISHED, made

_MOST = 1_000
_LONGEST = 12.0  # seconds: the merchant waits for it
_WAIT = 5.0  # for one of the places
# Each has a connection of its own.
_AT_ONCE = asyncio.Semaphore(2)
_PLAYING: set[str] = set()


async def rehearse(doors: Doors, shop: str, rule: Rule, span: Span) -> Rehearsal:
    """One of a shop at a time. Raises RehearsalBusy, DataUnavailable, ScratchTablesRefused and
    ShopUnknown."""
    if shop in _PLAYING:
        raise RehearsalBusy("One is being played already. Wait for it to end.")
    _PLAYING.add(shop)
    try:
        async with _a_place():
            return await _rehearse(doors, shop, rule, span)
    finally:
        _PLAYING.discard(shop)


@asynccontextmanager
async def _a_place() -> AsyncIterator[None]:
    try:
        await asyncio.wait_for(_AT_ONCE.acquire(), _WAIT)
    except TimeoutError as error:
        raise RehearsalBusy("Others are being played just now. Try again in a moment.") from error
    try:
        yield
    finally:
        _AT_ONCE.release()


async def _rehearse(doors: Doors, shop: str, rule: Rule, span: Span) -> Rehearsal:
    now, ends_at = doors.clock(), time.monotonic() + _LONGEST
    since, wished = now - SPANS[span], msgspec.structs.replace(rule, enabled=True)
    async with scratch.opened(doors.settings.database_url, shop) as tables:
        async with tables.transaction() as connection:
            await shops.require_installed(connection, shop)
            zone = str(await shops.zone(connection, shop))
            saved = (await settings.current(shop)).settings
            types = TYPES.get(rule.kind, ())
            played = await rehearsals.deeds(connection, shop, since, types, _MOST + 1)
        async with tables.transaction() as connection:
            await rehearsals.seed_past(connection, shop, played, since)
        if wished.of_kind.has_windows:
            products = _products(played.entries)
            async with tables.transaction() as connection:
                await rehearsals.seed_counts(
                    connection, shop, counts.kind_of(wished), products, since, wished.since(since)
                )
        play = _Play(tables, shop, wished, saved, Basis(0, 0, zone))
        is_cut = len(played.entries) > _MOST
        return await play.play(played.entries[-_MOST:], span, ends_at, is_cut=is_cut)


def _products(entries: Iterable[Entry]) -> list[int]:
    """That the events were about."""
    seen = [each.deed.seen for each in entries if isinstance(each.deed, Reacted)]
    return sorted({product for each in seen for product in (*each.facts, *each.goods)})


class _Play:
    """One rehearsal, event by event."""

    def __init__(
        self, tables: Scratch, shop: str, rule: Rule, saved: ShopSettings, basis: Basis
    ) -> None:
        self._tables = tables
        self._shop = shop
        self._rule = rule
        self._settings = saved
        self._basis = basis
        self._words: dict[UUID, str] = {}

    async def play(
        self, entries: list[Entry], span: Span, ends_at: float, *, is_cut: bool
    ) -> Rehearsal:
        """As many as there is time for."""
        played = 0
        for entry in entries:
            if time.monotonic() > ends_at:
                is_cut = True
                break
            async with self._tables.transaction() as connection:
                played += await self._react(connection, entry)
        async with self._tables.transaction():
            told = await notifications.latest(self._shop, _MOST)
        reasons = Counter(word for word in self._words.values() if word != PUBLISHED)
        return Rehearsal(span, played, is_cut, told, dict(reasons))

    async def _react(self, connection: Connection, entry: Entry) -> bool:
        if not isinstance(entry.deed, Reacted):
            return False
        event = await recalling.event_of(connection, self._shop, entry.deed)
        if event is None:
            return False
        work = made(
            connection,
            self._shop,
            event.id,
            entry.at,
            rules=[self._rule],
            settings=self._settings,
            lookups=_Rehearsed(connection, self._shop, entry.deed.seen),
            basis=self._basis,
        )
        await reactions.work_off(work, event)
        # One that is worked off twice counts once.
        if word := work.decisions.get(self._rule.id):
            self._words[event.id] = word
        return True


class _Rehearsed(Recalled):
    """What nobody looked up then, since no rule asked for it, is looked up now."""

    async def facts_of(self, ids: Iterable[int]) -> dict[int, ProductFacts | None]:
        wanted = set(ids)
        known = await super().facts_of(wanted)
        return {**(await Lookups.facts_of(self, wanted - set(known))), **known}

    async def goods(self, ids: Iterable[int]) -> dict[int, Goods]:
        wanted = set(ids)
        known = await super().goods(wanted)
        return {**(await Lookups.goods(self, wanted - set(known))), **known}

    async def others_from(self, rule: UUID, asked: Sharing) -> int:
        if asked.what in self.seen.others.get(rule, {}):
            return self.seen.others[rule][asked.what]
        return await Lookups.others_from(self, rule, asked)

    async def first(self, look: Callable[[], Awaitable[bool | None]]) -> bool | None:
        return await look() if self.seen.is_first is None else self.seen.is_first
