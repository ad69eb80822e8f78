"""The command `earshot`: one verb per process, and what an operator does by hand."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable

import click
import structlog
import uvloop

from app import cli_dead_letters, cli_replay, telemetry
from app.config import Settings
from app.data import compliance_requests
from app.data.migrations import migrate as run_migrations
from app.domain import shops
from app.domain.compliance import Request
from app.doors import Doors
from app.operating import CANNOT_START, having_opened, read_settings, stop_with
from app.services import tokens
from app.services.tokens import Resealed

log = structlog.get_logger()

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
    settings = read_settings()
    try:
        click.echo(asyncio.run(run_migrations(settings.database_url)))
    except CANNOT_START as error:
        stop_with(error)


@main.group()
def keys() -> None:
    """The keys that seal tokens at rest."""


@keys.command()
def rotate() -> None:
    """Seal everything with the newest of ENCRYPTION_KEYS, so that the older ones may go."""
    resealed, newest = having_opened(_rotate_keys)
    click.echo(
        f"{resealed.changed} shops sealed anew; only the key {newest} is needed from now on."
    )
    if resealed.unreadable:
        click.echo(f"{len(resealed.unreadable)} unreadable; these merchants must open the app:")
    for shop in resealed.unreadable:
        click.echo(f"  {shop}")


@main.group()
def privacy() -> None:
    """What privacy laws make Shopify ask for; also of shops that have left."""


@privacy.command("list")
def list_requests() -> None:
    """Show all requests and how far they are, the first that is due on top."""
    for request in having_opened(_privacy_requests):
        click.echo(
            f"{request.due_at:%Y-%m-%d}  {_standing(request)}  {request.topic}  {request.shop}"
            f"  {request.webhook_id}"
        )


@privacy.command("export")
@click.argument("shop")
@click.argument("webhook_id")
def export_data(shop: str, webhook_id: str) -> None:
    """Print what was gathered of a customer, as JSON, for the shop to hand on."""
    found = having_opened(lambda opened: _export(opened, shop, webhook_id))
    if found is None:
        click.echo("There is no such export, or none any more.", err=True)
        sys.exit(1)
    click.echo(found)


main.add_command(cli_dead_letters.group)
main.add_command(cli_replay.replay)


async def _privacy_requests(opened: Doors) -> list[Request]:
    async with opened.data.system() as connection:
        return await compliance_requests.of_all(connection)


async def _export(opened: Doors, shop: str, webhook_id: str) -> bytes | None:
    if not shops.is_domain(shop):
        return None
    async with opened.data.tenant(shop) as connection:
        return await compliance_requests.export_of(connection, shop, webhook_id)


def _standing(request: Request) -> str:
    if request.done_at is not None:
        return f"done on {request.done_at:%Y-%m-%d}"
    return f"waits: {request.problem}" if request.problem else "waits"


async def _rotate_keys(opened: Doors) -> tuple[Resealed, str]:
    return await tokens.reseal(opened), opened.settings.encryption_keys[0][0]


@main.command(
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def sandbox(arguments: tuple[str, ...]) -> None:
    """Run a whole Earshot on this machine, with a stand-in for Shopify."""
    os.execv(sys.executable, [sys.executable, "-m", "sandbox", *arguments])


def _run(serve: Serving) -> None:
    settings = read_settings()
    telemetry.configure_logging(settings.log_format)
    try:
        uvloop.run(_until_told(serve, settings))
    except CANNOT_START as error:
        stop_with(error)


async def _until_told(serve: Serving, settings: Settings) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await serve(settings, stop)


if __name__ == "__main__":
    main()
