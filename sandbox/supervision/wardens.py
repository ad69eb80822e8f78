"""Ends what its owner started, should the owner be killed before it could do so itself.

A warden is a small process of its own that reads orders from a pipe. Only the owner holds the
other end, so that end of file means: the owner is gone, whatever killed it. That works on every
Unix and for processes of another user, which a parent-death signal does not.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import IO

SECONDS_TO_STOP = 5.0


class Warden:
    """The owner's end: what is watched when the owner dies is ended, and its litter removed."""

    def __init__(self) -> None:
        # Isolated and without site-packages, since this file needs neither and starts at once.
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            text=True,
        )

    def watch(self, pid: int, stop_signal: int) -> None:
        self._order(f"watch {pid} {stop_signal}")

    def forget(self, pid: int) -> None:
        self._order(f"forget {pid}")

    def litter(self, path: Path) -> None:
        """Have `path`, a file or a folder, removed when the owner dies."""
        self._order(f"litter {path}")

    def close(self) -> None:
        """Let it go without ending anything."""
        self._order("release")
        with contextlib.suppress(OSError):
            self._pipe.close()
        self._process.wait(timeout=SECONDS_TO_STOP)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def _pipe(self) -> IO[str]:
        assert self._process.stdin is not None
        return self._process.stdin

    def _order(self, line: str) -> None:
        with contextlib.suppress(BrokenPipeError):  # somebody killed the warden: work goes on
            self._pipe.write(line + "\n")
            self._pipe.flush()

    def __enter__(self) -> "Warden":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def is_alive(pid: int) -> bool:
    """Whether `pid` runs; one that has ended and waits for its parent to notice does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _is_zombie(pid)


def _is_zombie(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:  # no such folder on macOS, where init takes them in at once
        return False
    return stat.rpartition(")")[2].split()[0] == "Z"


def guard(orders: IO[str]) -> None:
    """Follow orders until the pipe closes; then end what is watched and remove the litter."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        signal.signal(getattr(signal, name), signal.SIG_IGN)
    watched: dict[int, int] = {}
    litter: list[Path] = []
    for line in orders:
        order, _, rest = line.rstrip("\n").partition(" ")
        if order == "watch":
            pid, stop_signal = rest.split()
            watched[int(pid)] = int(stop_signal)
        elif order == "forget":
            watched.pop(int(rest), None)
        elif order == "litter":
            litter.append(Path(rest))
        elif order == "release":
            return
    _end(watched)
    _remove(litter)


def _end(watched: dict[int, int]) -> None:
    for pid, stop_signal in watched.items():
        with contextlib.suppress(OSError):
            os.kill(pid, stop_signal)
    deadline = time.monotonic() + SECONDS_TO_STOP
    while any(is_alive(pid) for pid in watched) and time.monotonic() < deadline:
        time.sleep(0.05)
    for pid in watched:
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)


def _remove(litter: list[Path]) -> None:
    for path in litter:
        with contextlib.suppress(OSError):
            path.unlink()
        shutil.rmtree(path, ignore_errors=True)


if __name__ == "__main__":
    guard(sys.stdin)
