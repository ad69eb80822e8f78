"""What the supervisor has to say, on the terminal and in a log of its own."""

import contextlib
from datetime import datetime
from pathlib import Path


class Journal:
    def __init__(self, log: Path) -> None:
        self._log = log

    def say(self, text: str) -> None:
        """Tell whoever watches, and keep it."""
        self.note(text)
        with contextlib.suppress(OSError):  # the terminal may have been closed
            print(text, flush=True)

    def note(self, text: str) -> None:
        """Keep it without showing it."""
        with self._log.open("a") as log:
            log.write(f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S%z} {text}\n")
