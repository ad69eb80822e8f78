"""Waiting for what is about to happen, and no longer."""

import asyncio
from collections.abc import Callable


async def until(happened: Callable[[], bool], seconds: float = 5.0) -> None:
    async with asyncio.timeout(seconds):
        while not happened():  # what is waited for knows of no event
            await asyncio.sleep(0.005)
