"""Shops that uninstall while streams are open to them."""

import asyncio

import structlog

from app.errors import DoorUnavailable
from app.routes.stream.channels import Channels
from app.routes.stream.known_shops import KnownShops

# However many shops there are, Postgres is not asked more often than this.
_SHORTEST_PAUSE = 0.02

log = structlog.get_logger(__name__)


class Departures:
    """Asks about each shop with open streams in its turn, all of them once in a round."""

    def __init__(self, known_shops: KnownShops, channels: Channels, round_seconds: float) -> None:
        self._known_shops = known_shops
        self._channels = channels
        self._seconds = round_seconds

    async def run(self) -> None:
        while True:
            shops = self._channels.shops
            pause = max(self._seconds / max(len(shops), 1), _SHORTEST_PAUSE)
            for shop in shops:
                await asyncio.sleep(pause)
                await self._see_off(shop)
            if not shops:
                await asyncio.sleep(pause)

    async def _see_off(self, shop: str) -> None:
        try:
            if not await self._known_shops.is_known(shop):
                log.info("streams of a departed shop ended", shop=shop)
                self._channels.end(shop)
        except DoorUnavailable:
            pass  # they stay until it can be told
        except Exception:  # one shop's trouble is not the end of the rounds
            log.exception("shop not asked about", shop=shop)
