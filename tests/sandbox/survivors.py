"""What is left of a run: processes that carry its mark, and ports that still answer."""

import contextlib
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

MARK = "EARSHOT_TEST_MARK"


def processes_marked(mark: str) -> list[int]:
    """Every process that inherited MARK=mark; one that only waits to be reaped has none."""
    wanted = f"{MARK}={mark}".encode()
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*") if wanted in _environ(entry)]


def answers(url: str) -> bool:
    parts = urlsplit(url if "//" in url else f"//{url}")
    with contextlib.suppress(OSError):
        socket.create_connection((parts.hostname or "", parts.port or 0), timeout=1).close()
        return True
    return False


def eventually(is_true: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")


def _environ(process: Path) -> list[bytes]:
    with contextlib.suppress(OSError):
        return (process / "environ").read_bytes().split(b"\0")
    return []


def environ_marked(mark: str) -> dict[str, str]:
    """This environment with a mark, and without the servers that the whole suite may be given."""
    given = {"DATABASE_URL", "REDIS_URL", "KAFKA_BOOTSTRAP_SERVERS"}
    return {name: value for name, value in os.environ.items() if name not in given} | {MARK: mark}
