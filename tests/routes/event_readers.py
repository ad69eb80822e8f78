"""A reader of the merchant's stream, as htmx reads it."""

import asyncio
from collections.abc import AsyncIterator


class Reader:
    """Reads events off a stream, one at a time."""

    def __init__(self, lines: AsyncIterator[str]) -> None:
        self._lines = lines

    async def next(self, seconds: float = 3) -> dict[str, str]:
        """The next event's fields, data lines joined; signs of life are passed over."""
        event: dict[str, str] = {}
        async with asyncio.timeout(seconds):
            async for line in self._lines:
                name, _, value = line.partition(":")
                if not line and ("data" in event or "event" in event):
                    return event
                if name:
                    event[name] = "\n".join(filter(None, [event.get(name), value.strip()]))
        raise AssertionError("the stream ended")
