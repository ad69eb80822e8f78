"""Killing a process of the sandbox that the flows have started themselves."""

import contextlib
import os
import signal
from pathlib import Path

import pytest

from tests.e2e.earshots import Earshot

PROC = Path("/proc")


def kill(earshot: Earshot, name: str) -> int:
    """Ends `stream` or `worker` with SIGKILL, as a crash would; its number. Skips where it cannot.

    It is known by its command and by the address of the app that it was told.
    """
    if not earshot.is_ours:
        pytest.skip("Processes are killed only in a sandbox of the flows' own.")
    if not PROC.is_dir():
        pytest.skip("Finding a process by what it was told needs /proc.")
    (pid,) = [int(entry.name) for entry in PROC.glob("[0-9]*") if _is(entry, earshot, name)]
    os.kill(pid, signal.SIGKILL)
    return pid


def _is(process: Path, earshot: Earshot, name: str) -> bool:
    with contextlib.suppress(OSError):
        words = (process / "cmdline").read_text().split("\0")
        environ = (process / "environ").read_text(errors="replace").split("\0")
        is_named = "app.cli" in words and name in words
        return is_named and f"APP_BASE_URL={earshot.app_url}" in environ
    return False
