"""One timer for all connections: a slice of them at every tick, each in its turn."""

import asyncio
from typing import Generic, Protocol, TypeVar

_SECONDS = 22.0
_SLICES = 44


class Beating(Protocol):
    """Whoever is to be woken once per round; `slice` is kept for us."""

    slice: int

    def beat(self) -> None: ...


BeatingT = TypeVar("BeatingT", bound=Beating)


class Heartbeats(Generic[BeatingT]):
    def __init__(self, seconds: float = _SECONDS) -> None:
        self._pause = seconds / _SLICES
        self._slices: list[set[BeatingT]] = [set() for _ in range(_SLICES)]
        self._next = 0

    def __len__(self) -> int:
        return sum(map(len, self._slices))

    def add(self, each: BeatingT) -> None:
        """The slice whose turn was last, so that the first beat is a whole round away."""
        each.slice = (self._next - 1) % _SLICES
        self._slices[each.slice].add(each)

    def remove(self, each: BeatingT) -> None:
        self._slices[each.slice].discard(each)

    def slices(self) -> list[tuple[BeatingT, ...]]:
        return [tuple(some) for some in self._slices]

    async def run(self) -> None:
        while True:
            await asyncio.sleep(self._pause)
            for each in tuple(self._slices[self._next]):
                each.beat()
            self._next = (self._next + 1) % _SLICES
