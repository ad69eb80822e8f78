"""A shop's messages for one reader: what was missed, then what comes, each once and in order."""

import asyncio
from collections.abc import AsyncGenerator
from types import TracebackType

from app.domain.frames import FAREWELL, Message, reset_at
from app.domain.positions import Position
from app.errors import ShopUnknown
from app.live.door import Live

_LARGEST_BACKLOG = 1_000
_GATHERING = 0.02  # seconds: a burst becomes one batch


class Silence:
    """Nothing came for a while: time for a sign of life."""


class Feed:
    """Listens from its first moment to its last; use with `with`."""

    def __init__(self, live: Live, shop: str) -> None:
        self._live = live
        self._shop = shop
        self._queue: asyncio.Queue[Message] = asyncio.Queue(_LARGEST_BACKLOG)
        self._has_overflown = False

    def __enter__(self) -> "Feed":
        self._confirmed = self._live.subscriptions.subscribe(self._shop, self._hear)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._live.subscriptions.unsubscribe(self._shop, self._hear)
        self._confirmed.cancel()

    async def messages(
        self, after: Position | None, heartbeat: float
    ) -> AsyncGenerator[list[Message] | Silence, None]:
        """Batches from `after` on, or from now; Silence after `heartbeat` seconds of nothing.

        A `reset` stands for what cannot be told any more. Raises ShopUnknown when the shop leaves.
        """
        while not self._confirmed.done():
            await asyncio.wait({self._confirmed}, timeout=heartbeat)
            yield Silence()
        last = await self._confirmed
        if after is not None:
            missed = await self._live.replay(self._shop, after)
            if missed is None:
                yield [reset_at(last)]
            elif missed:
                last = missed[-1].position
                yield missed
        while True:
            batch = [
                each for each in await self._gathered(heartbeat) if each.position.follows(last)
            ]
            if any(each.event == FAREWELL for each in batch):
                raise ShopUnknown(self._shop)
            if batch:
                last = batch[-1].position
            yield batch or Silence()

    async def _gathered(self, heartbeat: float) -> list[Message]:
        try:
            batch = [await asyncio.wait_for(self._queue.get(), heartbeat)]
        except TimeoutError:
            return []
        await asyncio.sleep(_GATHERING)
        while not self._queue.empty():
            batch.append(self._queue.get_nowait())
        if self._has_overflown:
            self._has_overflown = False
            batch.append(reset_at(batch[-1].position))
        return batch

    def _hear(self, message: Message) -> None:
        try:
            self._queue.put_nowait(message)
        except asyncio.QueueFull:
            self._has_overflown = True
