"""A broker that speaks Kafka's protocol, in a process of its own.

librdkafka has one inside for its tests: a real TCP port, consumer groups, commits and the
idempotent producer, all in memory. It lives as long as the producer object that opened it, so
`python -m sandbox.servers.kafka [FILE]` holds that object until it is told to end; it prints the
address and writes it to FILE. Topics appear on first use, with four partitions. What was in them
is gone when the process ends.
"""

import signal
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from sandbox import PROJECT
from sandbox.supervision.processes import Plan, Process
from sandbox.supervision.wardens import Warden


def start(folder: Path, environ: Mapping[str, str], logs: Path, warden: Warden) -> Process:
    """Start a broker on a free port; `address` tells it once the process is ready."""
    found_at = _address_file(folder)
    found_at.unlink(missing_ok=True)
    plan = Plan(
        name="kafka",
        command=[sys.executable, "-m", "sandbox.servers.kafka", str(found_at)],
        environ=environ,
        log=logs / "kafka.log",
        is_ready=lambda: _answers(folder),
        folder=PROJECT,
    )
    return Process(plan, warden)


def address(folder: Path) -> str:
    """host:port of the broker that runs in `folder`."""
    return _address_file(folder).read_text()


def hold_broker(found_at: Path | None) -> None:
    """Run a broker until SIGTERM or SIGINT."""
    from confluent_kafka import Producer

    # The address is required and not used: the broker inside replaces it by its own.
    holder = Producer({"test.mock.num.brokers": 1, "bootstrap.servers": "unused:1"})
    (broker,) = holder.list_topics(timeout=10).brokers.values()
    where = f"{broker.host}:{broker.port}"
    print(where, flush=True)
    stop = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, stop)
    if found_at is not None:
        _write_whole(found_at, where)
    signal.sigwait(stop)


def _answers(folder: Path) -> bool:
    # Not merely whether there is a file: after a restart the last broker's may still be there.
    try:
        host, _, port = address(folder).rpartition(":")
        with socket.create_connection((host, int(port)), timeout=1):
            return True
    except OSError:
        return False


def _write_whole(file: Path, text: str) -> None:
    draft = file.with_suffix(".draft")
    draft.write_text(text)
    draft.replace(file)  # whoever sees the file sees all of it


def _address_file(folder: Path) -> Path:
    return folder / "kafka.address"


if __name__ == "__main__":
    hold_broker(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
