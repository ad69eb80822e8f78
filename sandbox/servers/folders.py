"""The folder in which servers keep their data, used by one sandbox at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sandbox.supervision.problems import SandboxProblem


@contextmanager
def claim(folder: Path) -> Iterator[None]:
    """Make the folder and hold it. Raises SandboxProblem when another sandbox does."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            # Given back by the system when we end, however that happens.
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SandboxProblem(f"Another sandbox is using {folder}.") from None
        yield
