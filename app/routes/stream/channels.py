"""Who listens to which shop, and how a reader who comes back is brought up to date."""

import asyncio
import random
from collections.abc import Callable
from typing import Protocol

import structlog

from app.domain import frames
from app.domain.frames import Message
from app.domain.positions import Position
from app.errors import LiveUnavailable
from app.live import Live
from app.routes.stream import events, measures, spreads

_RETRY_SECONDS = 1.0

log = structlog.get_logger(__name__)

# What to do for a shop whose farewell was heard.
SeeOff = Callable[[str], None]


class Member(Protocol):
    """An open stream. `write` takes one event; `catch_up` takes any number of them."""

    write: Callable[[bytes], None]

    def catch_up(self, data: bytes, /) -> None: ...

    def close(self) -> None: ...


class _Resumption:
    """Members who come back from the same position, and what was heard while that is read."""

    __slots__ = ("heard", "members", "task")

    def __init__(self) -> None:
        self.members: set[Member] = set()
        self.heard: list[tuple[Position, bytes]] = []
        self.task: asyncio.Task[None] | None = None


class Channel:
    """One shop's streams in this process."""

    def __init__(self, shop: str, live: Live, on_farewell: SeeOff = lambda _: None) -> None:
        self._shop = shop
        self._live = live
        self._on_farewell = on_farewell
        self._members: set[Member] = set()
        self._resumptions: dict[Position, _Resumption] = {}
        self._last: Position | None = None
        self._heard = asyncio.Event()
        self._opening = live.subscriptions.subscribe(shop, self.hear)
        self._opening.add_done_callback(self._opened)

    @property
    def is_empty(self) -> bool:
        return not self._members and not any(r.members for r in self._resumptions.values())

    def close(self) -> None:
        self._live.subscriptions.unsubscribe(self._shop, self.hear)
        for resumption in self._resumptions.values():
            if resumption.task:
                resumption.task.cancel()

    def join(self, member: Member, after: Position | None) -> None:
        """With a position, the member first gets all that follows it, or a reset."""
        if after is None or after == self._last:
            self._members.add(member)
            if after is None and self._last is not None:
                member.write(events.place(self._last))
            return
        resumption = self._resumptions.get(after)
        if resumption is None:
            resumption = self._resumptions[after] = _Resumption()
            resumption.task = asyncio.create_task(self._resume(resumption, after))
        resumption.members.add(member)

    def leave(self, member: Member) -> None:
        self._members.discard(member)
        for resumption in self._resumptions.values():
            resumption.members.discard(member)

    def end(self) -> None:
        """Sends everyone away, to ask config.json whether there is still anything to hear."""
        reset = events.encode(frames.reset_at(self._last)) if self._last else b""
        measures.resets.inc(len(self._members) if reset else 0)
        for member in self._everyone():
            member.catch_up(reset)
            member.close()

    def hear(self, message: Message) -> None:
        """Encoded once, the same bytes for everyone."""
        if message.event == frames.FAREWELL:
            self._on_farewell(self._shop)
            return
        event = events.encode(spreads.spread(message, len(self._members)))
        self._last = message.position
        self._heard.set()
        for resumption in self._resumptions.values():
            resumption.heard.append((message.position, event))
        for member in self._members:
            member.write(event)
        measures.deliveries.inc(len(self._members))

    def _opened(self, opening: asyncio.Future[Position]) -> None:
        # Messages may have been heard since, which are further on.
        if opening.cancelled() or self._last is not None:
            return
        self._last = opening.result()
        for member in self._members:
            member.write(events.place(self._last))

    async def _resume(self, resumption: _Resumption, after: Position) -> None:
        """Ends the resumption in any case: one that stayed would collect all that is heard."""
        backlog: list[bytes] | None = None
        try:
            backlog = await self._backlog(resumption, after)
        except Exception:  # whatever it was, they come back and ask again
            log.exception("replay failed", shop=self._shop)
        finally:
            del self._resumptions[after]
            if backlog is None:
                _cut(resumption.members)
            else:
                self._admit(resumption.members, backlog)

    async def _backlog(self, resumption: _Resumption, after: Position) -> list[bytes]:
        """Reading only once the channel is open leaves no gap between what is read and heard."""
        await asyncio.shield(self._opening)
        missed = await self._read(after)
        if missed is None:
            assert self._last is not None
            measures.resets.inc(len(resumption.members))
            return [events.encode(frames.reset_at(self._last))]
        sent = missed[-1].position if missed else after
        while self._is_behind(sent):
            # The reader comes from a process that was quicker to hear of this than ours.
            self._heard.clear()
            await self._heard.wait()
        heard = [event for at, event in resumption.heard if at.follows(sent)]
        return [events.encode(message) for message in missed] + heard

    def _admit(self, members: set[Member], backlog: list[bytes]) -> None:
        """From here on they hear what everyone hears; nothing may be awaited in between."""
        data = b"".join(backlog)
        for member in members:
            if data:
                member.catch_up(data)
            self._members.add(member)
        measures.deliveries.inc(len(members) * len(backlog))

    async def _read(self, after: Position) -> list[Message] | None:
        while True:
            try:
                measures.replays.inc()
                return await self._live.replay(self._shop, after)
            except LiveUnavailable:
                await asyncio.sleep(_RETRY_SECONDS * random.uniform(0.5, 1.5))

    def _everyone(self) -> list[Member]:
        coming = [member for each in self._resumptions.values() for member in each.members]
        return [*self._members, *coming]

    def _is_behind(self, sent: Position) -> bool:
        last = self._last
        return last is not None and last.epoch == sent.epoch and last.number < sent.number


def _cut(members: set[Member]) -> None:
    for member in members:
        member.close()


class Channels:
    """Opened for a shop's first stream and closed after its last."""

    def __init__(self, live: Live, on_farewell: SeeOff = lambda _: None) -> None:
        self._live = live
        self._on_farewell = on_farewell
        self._by_shop: dict[str, Channel] = {}

    def join(self, shop: str, member: Member, after: Position | None) -> None:
        channel = self._by_shop.get(shop)
        if channel is None:
            channel = self._by_shop[shop] = Channel(shop, self._live, self._on_farewell)
        channel.join(member, after)

    def leave(self, shop: str, member: Member) -> None:
        channel = self._by_shop.get(shop)
        if channel is None:
            return
        channel.leave(member)
        if channel.is_empty:
            del self._by_shop[shop]
            channel.close()

    @property
    def shops(self) -> list[str]:
        return list(self._by_shop)

    def end(self, shop: str) -> None:
        """Ends the streams of a shop, if there are any; they leave as they close."""
        if channel := self._by_shop.get(shop):
            channel.end()

    def close(self) -> None:
        for channel in self._by_shop.values():
            channel.close()
        self._by_shop.clear()
