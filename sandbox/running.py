"""A sandbox in the background, for tests and scripts."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sandbox import PROJECT
from sandbox.supervision import addresses
from sandbox.supervision.addresses import Addresses
from sandbox.supervision.processes import Plan, Process, stop_all, wait_until_ready
from sandbox.supervision.wardens import Warden

SECONDS_TO_START = 120.0
SECONDS_TO_STOP = 15.0


@contextmanager
def running_sandbox(folder: Path, args: Sequence[str] = ()) -> Iterator[Addresses]:
    """Start `python -m sandbox` with `args`; its urls.json and logs/ are in `folder`.

    Raises CouldNotStart with the end of what it said.
    """
    folder.mkdir(parents=True, exist_ok=True)
    urls = folder / "urls.json"
    urls.unlink(missing_ok=True)
    plan = Plan(
        name="sandbox",
        command=[
            *(sys.executable, "-m", "sandbox"),
            *("--urls", str(urls.resolve()), "--logs", str((folder / "logs").resolve())),
            *args,
        ],
        environ=os.environ,
        log=folder / "sandbox.out",
        is_ready=urls.exists,
        folder=PROJECT,
    )
    with Warden() as warden:
        process = Process(plan, warden)
        try:
            wait_until_ready([process], SECONDS_TO_START)
            yield addresses.read(urls)
        finally:
            stop_all([process], SECONDS_TO_STOP)
