"""Both shops live by themselves, at a natural and bounded rate."""

import asyncio
import random
from collections import defaultdict

from sandbox.shopify.deeds import Deeds
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.state.world import World

PAUSE = (4.0, 9.0)

# How often in each round, which takes three minutes or so: mostly somebody buys something, but
# nothing stays away for long.
ROUND = {
    "buy": 15,
    "fill_cart": 5,
    "move_stock": 3,
    "buy_later": 2,
    "announce": 1,
    "cancel": 1,
    "launch": 1,
    "refund": 1,
    "report": 1,
    "restock": 1,
    "review": 1,
    "sign_up": 1,
}


class Busyness:
    def __init__(self, world: World, deeds: Deeds) -> None:
        self._world = world
        self._deeds = deeds
        self._to_come: defaultdict[str, list[str]] = defaultdict(list)
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def is_on(self) -> bool:
        return bool(self._tasks)

    def start(self) -> None:
        if not self._tasks:
            self._tasks = [asyncio.create_task(self._live(shop)) for shop in self._world.shops]

    def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._tasks = []
        self._to_come.clear()

    async def _live(self, domain: str) -> None:
        while True:
            await asyncio.sleep(random.uniform(*PAUSE))
            await self.something_happens(self._world.shop(domain))

    async def something_happens(self, shop: Shop) -> None:
        if shop.installed:
            await self.happens(shop, self._next(shop))

    async def happens(self, shop: Shop, deed: str) -> None:
        """One of ROUND."""
        await getattr(self._deeds, deed)(shop)

    def _next(self, shop: Shop) -> str:
        to_come = self._to_come[shop.domain]
        if not to_come:
            to_come += [deed for deed, times in ROUND.items() for _ in range(times)]
            random.shuffle(to_come)
        return to_come.pop()
