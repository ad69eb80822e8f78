"""The command `earshot`: one verb per process, and what an operator does by hand."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import NoReturn

import click
import structlog
import uvloop

from app import config, doors, telemetry
from app.config import Settings
from app.data.migrations import migrate as run_migrations
from app.errors import (
    AddressTaken,
    DatabaseRoleMissing,
    DataUnavailable,
    RowLevelSecurityWouldNotHold,
    SettingInvalid,
)
from app.services import tokens

log = structlog.get_logger()

_CANNOT_START = (
    AddressTaken,
    SettingInvalid,
    DatabaseRoleMissing,
    RowLevelSecurityWouldNotHold,
    DataUnavailable,
)

_PORT = click.IntRange(0, 65_535)

Serving = Callable[[Settings, asyncio.Event], Awaitable[None]]


@click.group()
def main() -> None:
    """Earshot: honest, real-time social proof for Shopify stores."""


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=_PORT, default=8000, show_default=True)
def web(host: str, port: int) -> None:
    """Serve the admin, webhooks, the API and what the widget needs to begin."""
    from app.serving import serve_web

    _run(lambda settings, stop: serve_web(settings, host, port, stop))


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=_PORT, default=8001, show_default=True)
def stream(host: str, port: int) -> None:
    """Hold the shoppers' connections."""
    from app.serving import serve_stream

    _run(lambda settings, stop: serve_stream(settings, host, port, stop))


@main.command()
@click.argument(
    "name", type=click.Choice(["relay", "notify", "tally", "sync", "housekeeping", "all"])
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=_PORT, help="Where to answer /health and /metrics, if anywhere.")
def worker(name: str, host: str, port: int | None) -> None:
    """Work off what came in: one part of it, or all in one process."""
    from app.serving import serve_workers

    _run(lambda settings, stop: serve_workers(settings, name, host, port, stop))


@main.command()
def migrate() -> None:
    """Bring the database to the newest shape; safe to repeat."""
    settings = _settings()
    try:
        click.echo(asyncio.run(run_migrations(settings.database_url)))
    except _CANNOT_START as error:
        _stop_with(error)


@main.group()
def keys() -> None:
    """The keys that seal tokens at rest."""


@keys.command()
def rotate() -> None:
    """Seal everything with the newest of ENCRYPTION_KEYS, so that the older ones may go."""
    settings = _settings()
    try:
        changed = asyncio.run(_rotate_keys(settings))
    except _CANNOT_START as error:
        _stop_with(error)
    newest = settings.encryption_keys[0][0]
    click.echo(f"{changed} shops sealed anew; only the key {newest} is needed from now on.")


async def _rotate_keys(settings: Settings) -> int:
    async with doors.opened(settings) as opened:
        return await tokens.reseal(opened)


@main.command(
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def sandbox(arguments: tuple[str, ...]) -> None:
    """Run a whole Earshot on this machine, with a stand-in for Shopify."""
    os.execv(sys.executable, [sys.executable, "-m", "sandbox", *arguments])


def _run(serve: Serving) -> None:
    settings = _settings()
    telemetry.configure_logging(settings.log_format)
    try:
        uvloop.run(_until_told(serve, settings))
    except _CANNOT_START as error:
        _stop_with(error)


async def _until_told(serve: Serving, settings: Settings) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await serve(settings, stop)


def _settings() -> Settings:
    try:
        return config.read(os.environ)
    except SettingInvalid as error:
        _stop_with(error)


def _stop_with(error: Exception) -> NoReturn:
    click.echo(str(error), err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
