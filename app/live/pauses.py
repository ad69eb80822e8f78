"""How long to wait before trying again."""

import random
import time


class Pauses:
    """Doubling and jittered; short again after an attempt that lasted."""

    def __init__(self, shortest: float, longest: float) -> None:
        self._shortest = shortest
        self._longest = longest
        self._current = shortest
        self._began = time.monotonic()

    def begin(self) -> None:
        self._began = time.monotonic()

    def next(self) -> float:
        """Seconds."""
        if time.monotonic() - self._began > self._longest:
            self._current = self._shortest
        pause = self._current * random.uniform(0.5, 1.0)
        self._current = min(self._longest, self._current * 2)
        return pause
