"""`python -m sandbox`: a whole Earshot on this machine, until Ctrl-C."""

from pathlib import Path

import click

from sandbox.supervision import sandboxes
from sandbox.supervision.problems import SandboxProblem

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(invoke_without_command=True)
@click.option("--keep", type=FOLDER, help="Keep the data, keys and ports in this folder.")
@click.option("--busy", is_flag=True, help="Switch all kinds on and let both shops live.")
@click.option("--urls", type=FILE, default=".sandbox/urls.json", show_default=True)
@click.option("--logs", type=FOLDER, default=".sandbox/logs", show_default=True)
@click.pass_context
def main(context: click.Context, keep: Path | None, busy: bool, urls: Path, logs: Path) -> None:
    """Run a whole Earshot on this machine: servers, app and a stand-in for Shopify.

    Set DATABASE_URL, REDIS_URL or KAFKA_BOOTSTRAP_SERVERS to use a server that runs already.
    """
    if context.invoked_subcommand is not None:
        return
    try:
        sandboxes.run(sandboxes.Options(keep=keep, busy=busy, urls=urls, logs=logs))
    except SandboxProblem as problem:
        raise click.ClickException(str(problem)) from problem


@main.command()
def smoke() -> None:
    """Place orders and measure how long a card takes to show in a real browser."""
    from sandbox.smoke import smoke as measure

    try:
        measure()
    except SandboxProblem as problem:
        raise click.ClickException(str(problem)) from problem


if __name__ == "__main__":
    main(prog_name="python -m sandbox")
