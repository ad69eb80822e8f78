import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from sandbox.supervision.keepsakes import keys_of, ports_of
from sandbox.supervision.ports import LOOPBACK
from sandbox.supervision.problems import CouldNotStart
from sandbox.supervision.processes import Plan, Process, stop_all, wait_until_ready
from sandbox.supervision.stop_signals import StopAsked, StopSignals
from sandbox.supervision.supervisors import Supervisor
from sandbox.supervision.wardens import Warden, is_alive
from tests.sandbox.survivors import environ_marked, eventually, processes_marked

Planner = Callable[..., Plan]


class Enough(Exception):
    """The test has seen what it wanted."""


@pytest.fixture
def warden() -> Iterator[Warden]:
    with Warden() as warden:
        yield warden


@pytest.fixture
def plan(tmp_path: Path) -> Planner:
    def of_shell(script: str, **changes: object) -> Plan:
        return Plan(
            name="web",
            command=["sh", "-c", script],
            environ=os.environ,
            log=tmp_path / "web.log",
            is_ready=lambda: True,
            **changes,  # type: ignore[arg-type]
        )

    return of_shell


def look_after(process: Process, warden: Warden, until: Callable[[list[str]], bool]) -> list[str]:
    said: list[str] = []
    supervisor = Supervisor(warden, said.append)
    supervisor.adopt([process])

    def pause(seconds: float) -> None:
        time.sleep(0.01)
        if until(said):
            raise Enough

    with pytest.raises(Enough):
        supervisor.keep_alive(pause)
    supervisor.stop(["web"], seconds=2)
    return said


def test_killed_process_is_named_and_comes_back(warden: Warden, plan: Planner) -> None:
    process = Process(plan("sleep 60"), warden)
    os.kill(process.pid, signal.SIGKILL)
    died, back = look_after(process, warden, until=lambda said: len(said) == 2)
    assert died.startswith("web died (exit code -9, SIGKILL) and is started again in 0.25 s")
    assert back.startswith("web is back")


def test_pause_grows_while_it_keeps_dying(warden: Warden, plan: Planner) -> None:
    deaths = "died (exit code 3) and is started again in "
    process = Process(plan("exit 3"), warden)
    said = look_after(process, warden, until=lambda said: deaths + "0.5 s" in "".join(said))
    assert deaths + "0.25 s" in said[0]


def test_whole_group_ends_with_its_process(warden: Warden, plan: Planner, tmp_path: Path) -> None:
    child = tmp_path / "child"
    process = Process(
        plan(f"sleep 60 & echo $! > {child}.draft; mv {child}.draft {child}; wait"), warden
    )
    assert eventually(child.exists, seconds=2)
    stop_all([process], seconds=2)
    assert eventually(lambda: not is_alive(int(child.read_text())), seconds=2)


def test_deaf_process_is_killed(warden: Warden, plan: Planner, tmp_path: Path) -> None:
    deaf = tmp_path / "deaf"
    process = Process(plan(f"trap '' TERM; touch {deaf}; while :; do sleep 60; done"), warden)
    assert eventually(deaf.exists, seconds=2)
    stop_all([process], seconds=0.2)
    assert process.exit_code() == -signal.SIGKILL


def test_failed_start_shows_the_end_of_the_log(warden: Warden, plan: Planner) -> None:
    process = Process(plan("echo DATABASE_URL is not set; exit 2"), warden)
    assert eventually(lambda: process.exit_code() is not None, seconds=2)
    with pytest.raises(CouldNotStart, match=r"(?s)web .*exit code 2.*DATABASE_URL is not set"):
        wait_until_ready([process], seconds=2)
    stop_all([process], seconds=1)


OWNER = """
import os, sys, time
from pathlib import Path
from sandbox.supervision.processes import Plan, Process
from sandbox.supervision.wardens import Warden

folder = Path(sys.argv[1])
warden = Warden()
warden.litter(folder / "litter")
(folder / "litter").mkdir()
command = ["sh", "-c", "sleep 60 & wait"]
Process(Plan("web", command, os.environ, folder / "log", lambda: True), warden)
(folder / "started").touch()
time.sleep(60)
"""


def test_nothing_outlives_a_killed_owner(tmp_path: Path) -> None:
    mark = uuid4().hex
    owner = subprocess.Popen([sys.executable, "-c", OWNER, str(tmp_path)], env=environ_marked(mark))
    assert eventually((tmp_path / "started").exists, seconds=5)
    assert len(processes_marked(mark)) >= 3
    owner.kill()
    owner.wait()
    assert eventually(lambda: not processes_marked(mark), seconds=3)
    assert not (tmp_path / "litter").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_being_told_to_stop_is_noticed_at_the_next_pause(number: signal.Signals) -> None:
    with StopSignals() as signals:
        signals.pause(0)
        os.kill(os.getpid(), number)
        with pytest.raises(StopAsked):
            signals.pause(0)


def test_kept_folder_has_the_same_keys_and_ports(tmp_path: Path) -> None:
    assert keys_of(tmp_path) == keys_of(tmp_path)
    assert ports_of(tmp_path) == ports_of(tmp_path)


def test_port_taken_meanwhile_is_replaced(tmp_path: Path) -> None:
    before = ports_of(tmp_path)
    with socket.create_server((LOOPBACK, before["web"])):
        after = ports_of(tmp_path)
    assert {name for name in before if before[name] != after[name]} == {"web"}
