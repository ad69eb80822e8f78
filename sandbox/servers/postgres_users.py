"""Who Postgres runs as: it refuses to run as root."""

import os
import pwd
import shutil
import stat
from pathlib import Path

from sandbox.supervision.problems import SandboxProblem

# Every Unix has it, so nothing needs to be added to the system.
ORDINARY_USER = "nobody"


def ordinary_user() -> str | None:
    """The user to become before Postgres is started; None where we are ordinary ourselves."""
    return ORDINARY_USER if os.geteuid() == 0 else None


def command_as(user: str | None, command: list[str], data: Path) -> list[str]:
    """The command, run as `user`.

    A project in root's home, or data in a private temporary folder, is out of an ordinary user's
    reach. Rather than open those folders to everybody, this one process keeps the right to pass.
    """
    if user is None:
        return command
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise SandboxProblem(
            "Postgres does not run as root, and there is no setpriv (package util-linux) to become "
            "another user: run as an ordinary user, or set DATABASE_URL."
        )
    who = pwd.getpwnam(user)
    rights = [setpriv, f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}", "--clear-groups"]
    if not (_is_reachable(Path(command[0])) and _is_reachable(data)):
        rights += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
    return [*rights, *command]


def _is_reachable(path: Path) -> bool:
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in path.resolve().parents)
