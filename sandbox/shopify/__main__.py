"""`python -m sandbox.shopify`: the stand-in by itself."""

import asyncio
from pathlib import Path

import click

from sandbox.shopify.admin_api import queries
from sandbox.shopify.cast import alba, borealis
from sandbox.shopify.options import EXTENSION, Options
from sandbox.shopify.servers import bind, build

SHOPS = (alba.DOMAIN, borealis.DOMAIN)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=9090, show_default=True, help="Of the admin; 0 finds a free one.")
@click.option("--storefront", "storefronts", multiple=True, metavar="SHOP=PORT")
@click.option("--app-url", required=True)
@click.option("--stream-url", required=True)
@click.option("--api-key", required=True)
@click.option("--api-secret", required=True)
@click.option("--memory", type=click.Path(path_type=Path), help="What outlives a restart.")
@click.option("--extension", type=click.Path(path_type=Path), help="The theme app extension.")
def main(
    host: str,
    port: int,
    storefronts: tuple[str, ...],
    app_url: str,
    stream_url: str,
    api_key: str,
    api_secret: str,
    memory: Path | None,
    extension: Path | None,
) -> None:
    """Run a stand-in for Shopify with two shops."""
    options = Options(
        host=host,
        port=port,
        storefronts={shop: 0 for shop in SHOPS} | dict(map(_shop_and_port, storefronts)),
        app_url=app_url.rstrip("/"),
        stream_url=stream_url.rstrip("/"),
        api_key=api_key,
        api_secret=api_secret,
        memory=memory,
        extension=extension or EXTENSION,
    )
    asyncio.run(_serve(options))


async def _serve(wanted: Options) -> None:
    options, sockets = bind(wanted)
    _, server = build(options)
    # Before anybody waits: later it would keep webhooks from being sent for a second.
    queries.prepare()
    click.echo(f"control     {options.admin_origin}/_control")
    for shop in options.storefronts:
        click.echo(f"admin       {options.app_page(shop)}")
        click.echo(f"storefront  {options.storefront_origin(shop)}")
    await server.serve(sockets=sockets)


def _shop_and_port(text: str) -> tuple[str, int]:
    shop, _, port = text.partition("=")
    if shop not in SHOPS or not port.isdecimal():
        raise click.BadParameter(f"--storefront {text!r}: give SHOP=PORT, SHOP one of {SHOPS}.")
    return shop, int(port)


if __name__ == "__main__":
    main(prog_name="python -m sandbox.shopify")
