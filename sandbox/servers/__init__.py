"""Postgres, Redis and a broker that speaks Kafka's protocol, without Docker and without root."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sandbox.servers.backends import BackEnd, Servers
from sandbox.servers.folders import claim
from sandbox.supervision.ports import free_port
from sandbox.supervision.processes import wait_until_ready
from sandbox.supervision.wardens import Warden

__all__ = ["Servers", "running_servers"]

SECONDS_TO_START = 60.0


@contextmanager
def running_servers(folder: Path, environ: Mapping[str, str]) -> Iterator[Servers]:
    """Start what `environ` does not name, keep its data and logs in `folder`, stop it at the end.

    Raises SandboxProblem when one cannot start, or when another sandbox uses the folder.
    """
    with claim(folder), Warden() as warden:
        backend = BackEnd(folder, folder, environ, warden)
        try:
            backend.start({"postgres": free_port(), "redis": free_port()})
            wait_until_ready(backend.processes, SECONDS_TO_START)
            yield backend.addresses()
        finally:
            backend.stop()
