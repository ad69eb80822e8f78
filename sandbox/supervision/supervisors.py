"""Keeps processes alive: one that dies is named, and started again after a growing pause."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sandbox.supervision.processes import Process, describe_exit, stop_all
from sandbox.supervision.wardens import Warden

LOOK_SECONDS = 0.1
FIRST_PAUSE = 0.25
LONGEST_PAUSE = 30.0
# One that has run this long was healthy: its next death starts with the shortest pause again.
SECONDS_OF_HEALTH = 60.0


@dataclass
class _Child:
    process: Process
    deaths: int = 0
    restart_at: float | None = None
    is_returning: bool = False


class Supervisor:
    """`say` gets a line for each death and each return; `on_return` the name of who is back."""

    def __init__(
        self,
        warden: Warden,
        say: Callable[[str], None],
        on_return: Callable[[str], None] = lambda name: None,
    ) -> None:
        self._warden = warden
        self._say = say
        self._on_return = on_return
        self._children: dict[str, _Child] = {}

    def adopt(self, processes: Iterable[Process]) -> None:
        for process in processes:
            self._children[process.plan.name] = _Child(process)

    def process(self, name: str) -> Process:
        return self._children[name].process

    def keep_alive(self, pause: Callable[[float], None]) -> None:
        """Look after all until `pause` raises."""
        while True:
            for child in list(self._children.values()):
                self._look_after(child)
            pause(LOOK_SECONDS)

    def restart(self, name: str) -> None:
        """Stop it, so that it comes back with its plan's present environment."""
        process = self.process(name)
        stop_all([process], seconds=3)
        self._children[name] = _Child(Process(process.plan, self._warden), is_returning=True)

    def stop(self, names: Iterable[str], seconds: float) -> None:
        """Stop those of `names` that it looks after, all at once, and let go of them."""
        ours = [self._children.pop(name) for name in names if name in self._children]
        stop_all((child.process for child in ours), seconds)

    def _look_after(self, child: _Child) -> None:
        if child.restart_at is not None:
            if time.monotonic() >= child.restart_at:
                self._start_again(child)
        elif (exit_code := child.process.exit_code()) is not None:
            self._bury(child, exit_code)
        elif child.is_returning and child.process.plan.is_ready():
            self._welcome_back(child)

    def _bury(self, child: _Child, exit_code: int) -> None:
        now = time.monotonic()
        child.process.finish(deadline=now)
        healthy = now - child.process.started_at > SECONDS_OF_HEALTH
        child.deaths = 1 if healthy else child.deaths + 1
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (child.deaths - 1))
        child.restart_at = now + pause
        plan = child.process.plan
        self._say(
            f"{plan.name} died ({describe_exit(exit_code)}) and is started again in {pause:g} s; "
            f"its log: {plan.log}"
        )

    def _start_again(self, child: _Child) -> None:
        child.process = Process(child.process.plan, self._warden)
        child.restart_at = None
        child.is_returning = True

    def _welcome_back(self, child: _Child) -> None:
        child.is_returning = False
        seconds = time.monotonic() - child.process.started_at
        self._say(f"{child.process.plan.name} is back, {seconds:.1f} s after its start")
        self._on_return(child.process.plan.name)
