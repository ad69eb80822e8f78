"""Tells merchants' pages that open storefront pages can be reached."""

import asyncio
import contextlib

from app.errors import LiveUnavailable
from app.live import Live
from app.live.liveness import BEAT, STREAM


async def give(live: Live) -> None:
    """As long as this process hears Redis: one that does not has nothing to tell shoppers."""
    while True:
        if live.subscriptions.is_connected:
            # Where it cannot be written, nobody could read it either.
            with contextlib.suppress(LiveUnavailable):
                await live.liveness.beat(STREAM)
        await asyncio.sleep(BEAT)
