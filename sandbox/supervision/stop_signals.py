"""Being told to stop: Ctrl-C, SIGTERM, or a terminal that was closed."""

import signal
import time
from types import FrameType, TracebackType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopAsked(Exception):
    """Somebody asked the sandbox to stop."""


class StopSignals:
    """Within this, a signal is noticed at the next `pause` and nowhere else.

    So it can never come between the start of a process and the note that it was started. Further
    signals change nothing: stopping is under way and takes a few seconds at most.
    """

    def __init__(self) -> None:
        self._asked = False

    def pause(self, seconds: float) -> None:
        """Sleep. Raises StopAsked when a signal has come."""
        if not self._asked:
            time.sleep(seconds)
        if self._asked:
            raise StopAsked

    def __enter__(self) -> "StopSignals":
        self._before = {number: signal.signal(number, self._note) for number in SIGNALS}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._asked = True
