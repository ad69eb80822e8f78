"""The whole sandbox as a person starts it, from its first process to its last."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from sandbox.supervision import addresses
from sandbox.supervision.addresses import Addresses
from tests.sandbox.survivors import (
    answers,
    command_of,
    environ_marked,
    eventually,
    processes_marked,
)

SECONDS_TO_START = 60


@dataclass(frozen=True)
class Sandbox:
    folder: Path
    mark: str
    process: subprocess.Popen[bytes]
    found: Addresses

    def process_of(self, words: str) -> int:
        (pid,) = [pid for pid in processes_marked(self.mark) if words in command_of(pid)]
        return pid

    def journal(self) -> str:
        return (self.folder / "logs" / "sandbox.log").read_text()

    def is_gone(self) -> bool:
        ports = [self.found["app_url"], self.found["stream_url"], self.found["control_url"]]
        servers = [self.found["database_url"], self.found["redis_url"]]
        storefronts = [*self.found["storefronts"].values()]
        kafka = self.found["kafka_bootstrap_servers"]
        listening = any(answers(url) for url in [*ports, *servers, *storefronts, kafka])
        return not processes_marked(self.mark) and not listening


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    mark = uuid4().hex
    urls, logs = tmp_path / "urls.json", tmp_path / "logs"
    command = [sys.executable, "-m", "sandbox", "--urls", str(urls), "--logs", str(logs)]
    with subprocess.Popen(command, env=environ_marked(mark)) as process:
        eventually(lambda: urls.exists() or process.poll() is not None, SECONDS_TO_START)
        assert urls.exists(), "The sandbox did not start; it says above why."
        yield Sandbox(tmp_path, mark, process, addresses.read(urls))
        process.kill()
    assert eventually(lambda: not processes_marked(mark), seconds=8)


def test_killed_child_comes_back_and_sigterm_leaves_nothing(sandbox: Sandbox) -> None:
    os.kill(sandbox.process_of("app.cli web"), signal.SIGKILL)
    assert eventually(lambda: "web is back" in sandbox.journal(), seconds=15)
    assert "web died (exit code -9, SIGKILL)" in sandbox.journal()
    assert httpx.get(f"{sandbox.found['app_url']}/health/ready").status_code == 200

    sandbox.process.terminate()
    assert sandbox.process.wait(timeout=12) == 0
    assert sandbox.is_gone()
    assert not (sandbox.folder / "urls.json").exists()


def test_killed_supervisor_leaves_nothing(sandbox: Sandbox) -> None:
    sandbox.process.kill()
    assert eventually(sandbox.is_gone, seconds=8)
    assert not (sandbox.folder / "urls.json").exists()
