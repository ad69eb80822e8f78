"""The whole sandbox, from its first process to its last."""

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from sandbox.servers.backends import BackEnd
from sandbox.servers.folders import claim
from sandbox.supervision import addresses, plans
from sandbox.supervision.journals import Journal
from sandbox.supervision.keepsakes import keys_of, ports_of
from sandbox.supervision.problems import CouldNotStart
from sandbox.supervision.processes import (
    Process,
    describe_exit,
    last_lines,
    stop_all,
    wait_until_ready,
)
from sandbox.supervision.stop_signals import StopAsked, StopSignals
from sandbox.supervision.supervisors import Supervisor
from sandbox.supervision.wardens import Warden
from sandbox.supervision.welcomes import welcome

SECONDS_TO_START = 60.0
SECONDS_TO_SEED = 60.0
APP = ("web", "stream", "worker")


@dataclass(frozen=True)
class Options:
    """`keep` is the folder for the data, None for one that goes with the sandbox."""

    keep: Path | None
    busy: bool
    urls: Path
    logs: Path


def run(options: Options) -> None:
    """Start everything, look after it until told to stop, and stop it.

    Raises SandboxProblem when it cannot start.
    """
    with (
        claim(options.logs),
        StopSignals() as signals,
        Warden() as warden,
        _data_folder(options.keep, warden) as folder,
        contextlib.suppress(StopAsked),
    ):
        options.urls.unlink(missing_ok=True)
        _clear(options.logs)
        _Sandbox(options, folder, warden, signals).run()


class _Sandbox:
    def __init__(
        self, options: Options, folder: Path, warden: Warden, signals: StopSignals
    ) -> None:
        self._options = options
        self._warden = warden
        self._signals = signals
        self._journal = Journal(options.logs / "sandbox.log")
        self._supervisor = Supervisor(warden, self._journal.say, on_return=self._follow_kafka)
        self._folder = folder
        self._keys = keys_of(folder)
        self._ports = ports_of(folder)
        self._backend = BackEnd(folder, options.logs, os.environ, warden)
        self._environ: dict[str, str] = {}

    def run(self) -> None:
        began = time.monotonic()
        try:
            found = self._start()
            seconds = time.monotonic() - began
            self._journal.say(welcome(found, seconds, self._options.logs, self._options.urls))
            self._supervisor.keep_alive(self._signals.pause)
        finally:
            self._stop()

    def _start(self) -> addresses.Addresses:
        standin = self._start_standin()  # it needs nobody, and so starts beside the servers
        self._start_servers()
        self._migrate()
        self._start_app(standin)
        found = self._addresses()
        self._seed(found["control_url"])
        self._publish(found)
        return found

    def _start_standin(self) -> Process:
        plan = plans.standin(os.environ, self._ports, self._keys, self._folder, self._options.logs)
        standin = Process(plan, self._warden)
        self._supervisor.adopt([standin])
        return standin

    def _start_servers(self) -> None:
        self._backend.start(self._ports)
        wait_until_ready(self._backend.processes, SECONDS_TO_START, self._signals.pause)
        self._environ = plans.app_environ(
            os.environ, self._ports, self._keys, self._backend.addresses()
        )

    def _migrate(self) -> None:
        migration = Process(plans.migrate(self._environ, self._options.logs), self._warden)
        try:
            while (exit_code := migration.exit_code()) is None:
                self._signals.pause(0.03)
        finally:
            stop_all([migration], seconds=3)
        if exit_code:
            how = describe_exit(exit_code)
            raise CouldNotStart(f"earshot migrate failed ({how}).{last_lines(migration.plan.log)}")

    def _start_app(self, standin: Process) -> None:
        starting = [standin]
        for plan in plans.app_processes(self._environ, self._ports, self._options.logs):
            starting.append(Process(plan, self._warden))
            self._supervisor.adopt(starting[-1:])
        wait_until_ready(starting, SECONDS_TO_START, self._signals.pause)
        self._supervisor.adopt(self._backend.processes)

    def _seed(self, control_url: str) -> None:
        self._ask(f"{control_url}/seed")
        if self._options.busy:
            self._ask(f"{control_url}/kinds")
            self._ask(f"{control_url}/busy", {"on": True})

    def _ask(self, url: str, body: object = None) -> None:
        # In a thread, so that Ctrl-C is noticed meanwhile; it ends with the stand-in's connection.
        threads = ThreadPoolExecutor(max_workers=1)
        asked = threads.submit(_post, url, body, self._options.logs)
        threads.shutdown(wait=False)
        while not asked.done():
            self._signals.pause(0.03)
        asked.result()

    def _addresses(self) -> addresses.Addresses:
        return addresses.addresses(self._ports, self._keys, self._backend.addresses())

    def _publish(self, found: addresses.Addresses) -> None:
        self._warden.litter(self._options.urls.absolute())
        addresses.publish(found, self._options.urls)

    def _follow_kafka(self, name: str) -> None:
        """The broker inside chooses its port anew, so whoever talks to it must be told."""
        if name != "kafka":
            return
        self._journal.say(
            "kafka has a new address and empty topics: the worker is started again, "
            "and events that were on their way are lost"
        )
        self._publish(self._addresses())
        self._environ["KAFKA_BOOTSTRAP_SERVERS"] = self._backend.addresses().kafka_bootstrap_servers
        self._supervisor.restart("worker")

    def _stop(self) -> None:
        """Whoever sends first, then the app, and the servers last."""
        self._journal.say("Stopping …")
        self._options.urls.unlink(missing_ok=True)
        self._supervisor.stop(["standin"], seconds=2)
        self._supervisor.stop(APP, seconds=4)
        self._supervisor.stop(["kafka", "redis", "postgres"], seconds=3)
        self._backend.stop()


def _post(url: str, body: object, logs: Path) -> None:
    try:
        answer = httpx.post(url, json=body, timeout=SECONDS_TO_SEED, trust_env=False)
    except httpx.HTTPError as error:
        raise CouldNotStart(f"POST {url} failed: {error!r}. Logs: {logs}") from error
    if answer.is_error:
        raise CouldNotStart(
            f"POST {url} was answered {answer.status_code}: {answer.text[:500]} Logs: {logs}"
        )


@contextmanager
def _data_folder(keep: Path | None, warden: Warden) -> Iterator[Path]:
    if keep is not None:
        with claim(keep):
            yield keep.resolve()
        return
    folder = Path(tempfile.mkdtemp(prefix="earshot-"))
    warden.litter(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _clear(logs: Path) -> None:
    for log in logs.glob("*.log"):
        log.unlink()
