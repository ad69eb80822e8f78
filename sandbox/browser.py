"""A Chromium to drive: the system's where there is one, else Playwright's own.

`python -m sandbox.browser install` makes sure of one.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NotRequired, TypedDict

import click
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Nothing goes out by itself, and nothing asks questions.
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)


class LaunchOptions(TypedDict):
    args: list[str]
    executable_path: NotRequired[str]


def launch_options() -> LaunchOptions:
    """What to hand to Playwright's `chromium.launch(**…)`; headed or not is the caller's."""
    # Chromium's own sandbox does not work for root.
    args = [*FLAGS, *(["--no-sandbox"] if _is_root() else [])]
    system = _system_browser()
    return {"args": args} if system is None else {"args": args, "executable_path": system}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Launched, without a window."""
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(**launch_options()) as browser,
    ):
        yield browser


def find() -> str | None:
    """The path of the browser that would be launched, None when there is none."""
    return _system_browser() or _playwright_browser()


@click.group()
def main() -> None:
    """The browser that tests and `make smoke` drive."""


@main.command()
def install() -> None:
    """Make sure that there is a browser; does nothing when there is one."""
    found = find()
    for fetch in (_from_debian, _from_playwright):
        if found is None:
            fetch()
            found = find()
    if found is None:
        raise click.ClickException(
            "No browser could be installed: install Chromium by the system's own means, "
            "so that `chromium` is on the PATH."
        )
    click.echo(f"Browser: {found}")


def _system_browser() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def _playwright_browser() -> str | None:
    # Asked in another process, because Playwright's sync API refuses to run beside an event loop.
    question = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
    )
    asked = subprocess.run(
        [sys.executable, "-c", question], capture_output=True, text=True, check=False
    )
    path = asked.stdout.strip()
    return path if path and Path(path).exists() else None


def _from_debian() -> None:
    if not (_is_root() and shutil.which("apt-get")):
        return
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "chromium"]):
        subprocess.run(["apt-get", *words], env=environ, check=False)


def _from_playwright() -> None:
    with_libraries = ["--with-deps"] if _is_root() else []
    command = [sys.executable, "-m", "playwright", "install", *with_libraries, "chromium"]
    subprocess.run(command, check=False)


def _is_root() -> bool:
    return os.geteuid() == 0


if __name__ == "__main__":
    main(prog_name="python -m sandbox.browser")
