"""One process of the sandbox: how it is started, asked whether it is ready, and stopped."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sandbox.supervision.problems import CouldNotStart
from sandbox.supervision.wardens import Warden

Pause = Callable[[float], None]
POLL_SECONDS = 0.03
LINES_OF_LOG_SHOWN = 20


@dataclass(frozen=True)
class Plan:
    """What to run.

    `environ` is read again at each start, so that whoever holds it can change it in between.
    """

    name: str
    command: Sequence[str]
    environ: Mapping[str, str]
    log: Path
    is_ready: Callable[[], bool]
    folder: Path | None = None
    stop_signal: int = signal.SIGTERM


class Process:
    """A running plan, in a process group of its own and under the warden's eye."""

    def __init__(self, plan: Plan, warden: Warden) -> None:
        self.plan = plan
        self._warden = warden
        self._popen = self._start()
        self.started_at = time.monotonic()
        self._is_finished = False

    @property
    def pid(self) -> int:
        return self._popen.pid

    def exit_code(self) -> int | None:
        """None while it runs; negative for the signal that ended it."""
        return self._popen.poll()

    def ask_to_stop(self) -> None:
        if self.exit_code() is None:
            with contextlib.suppress(ProcessLookupError):
                self._popen.send_signal(self.plan.stop_signal)

    def finish(self, deadline: float) -> None:
        """Wait for its end until the monotonic `deadline`, then kill what is left of its group."""
        if self._is_finished:
            return  # its number may be somebody else's by now
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(timeout=max(0.05, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self._popen.wait()
        self._warden.forget(self.pid)
        self._is_finished = True

    def _start(self) -> subprocess.Popen[bytes]:
        plan = self.plan
        with plan.log.open("ab") as log:
            popen = subprocess.Popen(
                plan.command,
                env=dict(plan.environ),
                cwd=plan.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._warden.watch(popen.pid, plan.stop_signal)
        return popen


def wait_until_ready(
    processes: Iterable[Process], seconds: float, pause: Pause = time.sleep
) -> None:
    """Return when each is ready.

    Raises CouldNotStart, with the end of its log, when one ends or is not ready in `seconds`.
    """
    waiting = list(processes)
    deadline = time.monotonic() + seconds
    while waiting := [process for process in waiting if not _is_ready(process)]:
        if time.monotonic() > deadline:
            late = waiting[0].plan
            raise CouldNotStart(
                f"{late.name} was not ready within {seconds:.0f} s.{last_lines(late.log)}"
            )
        pause(POLL_SECONDS)


def stop_all(processes: Iterable[Process], seconds: float) -> None:
    """Ask all at once, and kill those that have not ended within `seconds`."""
    stopping = list(processes)
    for process in stopping:
        process.ask_to_stop()
    deadline = time.monotonic() + seconds
    for process in stopping:
        process.finish(deadline)


def last_lines(log: Path) -> str:
    """The end of a log, to be put behind a sentence."""
    try:
        lines = log.read_text(errors="replace").splitlines()[-LINES_OF_LOG_SHOWN:]
    except OSError:
        return ""
    if not lines:
        return f" Its log is empty: {log}"
    return f" The end of {log}:\n" + "\n".join(f"  | {line}" for line in lines)


def describe_exit(exit_code: int) -> str:
    """`exit code 2`, or `exit code -9, SIGKILL` for one that a signal ended."""
    if exit_code >= 0:
        return f"exit code {exit_code}"
    with contextlib.suppress(ValueError):
        return f"exit code {exit_code}, {signal.Signals(-exit_code).name}"
    return f"exit code {exit_code}"


def _is_ready(process: Process) -> bool:
    exit_code = process.exit_code()
    if exit_code is not None:
        plan = process.plan
        raise CouldNotStart(
            f"{plan.name} ended while starting ({describe_exit(exit_code)}).{last_lines(plan.log)}"
        )
    return process.plan.is_ready()
