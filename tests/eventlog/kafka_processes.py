"""A broker of a test's own, to be ended while somebody talks to it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sandbox import PROJECT


class KafkaProcess:
    """Runs until it is killed; what was in it is gone then."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sandbox.servers.kafka"],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().strip()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


@contextmanager
def running_kafka() -> Iterator[KafkaProcess]:
    kafka = KafkaProcess()
    try:
        yield kafka
    finally:
        kafka.kill()
