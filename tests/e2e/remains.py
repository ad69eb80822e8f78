"""What a failed flow leaves behind, in one folder: a trace, a picture and the servers' logs."""

import os
import shutil
from pathlib import Path

import pytest

FOLDER = pytest.StashKey[Path]()
LOGS = pytest.StashKey[Path | None]()


def keep(item: pytest.Item, report: pytest.TestReport) -> None:
    """Copies the logs beside the browser's remains and names the folder in the report."""
    folder = item.stash.get(FOLDER, None)
    if folder is None:
        return
    logs = item.config.stash.get(LOGS, None)
    if logs is not None:
        unwanted = shutil.ignore_patterns("lock")
        shutil.copytree(logs, folder / "logs", ignore=unwanted, dirs_exist_ok=True)
    where = "the servers' logs" if logs else "no logs, which that Earshot keeps elsewhere"
    what = f"{where}, and with make e2e a trace and a picture of each browser"
    report.sections.append(("Where to look", f"{os.path.relpath(folder)}/\n({what})"))
