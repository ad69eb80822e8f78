"""Waiting for what will be true in a moment."""

import asyncio
import time
from collections.abc import Awaitable, Callable

PAUSE = 0.03


async def eventually(
    is_true: Callable[[], Awaitable[bool]], within: float, otherwise: Callable[[], str]
) -> None:
    """Returns once it is; fails after `within` seconds with the sentence of `otherwise`."""
    deadline = time.monotonic() + within
    while not await is_true():
        if time.monotonic() > deadline:
            raise AssertionError(f"Not within {within:g} s: {otherwise()}")
        await asyncio.sleep(PAUSE)
