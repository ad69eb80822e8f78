"""Waits for Postgres to say that deliveries came in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from app.data.database import TEMPORARY
from app.errors import DataUnavailable


class Doorbell:
    """Rings when deliveries were stored. A bell that is lost rings once more, then raises."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self._lost = False

    async def wait(self, seconds: float) -> None:
        """Until it rings or `seconds` have passed; rings in between are not missed."""
        try:
            await asyncio.wait_for(self._rung.wait(), seconds)
        except TimeoutError:
            return
        if self._lost:
            raise DataUnavailable("Postgres closed the connection that listens for deliveries.")
        self._rung.clear()

    def ring(self, *_: object) -> None:
        self._rung.set()

    def lose(self, *_: object) -> None:
        self._lost = True
        self._rung.set()


@asynccontextmanager
async def listening(url: str) -> AsyncIterator[Doorbell]:
    bell = Doorbell()
    try:
        connection = await asyncpg.connect(url, timeout=10)
        await connection.add_listener("deliveries", bell.ring)
    except TEMPORARY as error:
        raise DataUnavailable(f"Postgres does not answer: {error}") from error
    connection.add_termination_listener(bell.lose)
    try:
        yield bell
    finally:
        connection.remove_termination_listener(bell.lose)
        await connection.close(timeout=2)
