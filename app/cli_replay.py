"""The command `earshot replay`."""

import asyncio
import sys
from datetime import UTC, datetime
from typing import NoReturn

import click

from app.domain import shops
from app.errors import ShopUnknown
from app.operating import CANNOT_START, read_settings, stop_with
from app.services import replaying
from app.services.replaying import Outcome


def _moment(context: click.Context, option: click.Parameter, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise click.BadParameter(
            f"{text!r} is no date like 2026-11-21 and no time like 2026-11-21T14:30."
        ) from error


@click.command()
@click.option("--shop", required=True, help="As alba-ceramics.myshopify.com.")
@click.option(
    "--since",
    required=True,
    callback=_moment,
    metavar="DATE",
    help="A date, or a date and time; in UTC unless it says otherwise.",
)
def replay(shop: str, since: datetime) -> None:
    """Make a shop's derived tables anew from its stored deliveries.

    Events, notifications, activity and customers are made once more, beside the tables in use, in
    the order and at the moments of the first time: by the rules, the settings and what was known of
    the catalogue then. What was taken back by hand, hidden or redacted stays so. What differs is
    written where it changed since DATE or rests on deliveries received since; nothing is published.
    The workers may go on meanwhile.

    Left as it is: what was written before there was a journal, and where an erased delivery says
    too little; the catalogue, since much of it was asked of Shopify; towns beside events that are
    there.
    """
    if not shops.is_domain(shop):
        _tell_unknown(shop)
    settings = read_settings()
    try:
        _tell(shop, since, asyncio.run(replaying.replay(settings.database_url, shop, since)))
    except ShopUnknown:
        _tell_unknown(shop)
    except CANNOT_START as error:
        stop_with(error)


def _tell(shop: str, since: datetime, outcome: Outcome) -> None:
    click.echo(f"Read {outcome.deliveries} deliveries of {shop}.")
    if outcome.unreadable:
        click.echo(f"{outcome.unreadable} cannot be read any more: what was made of them stays.")
    for table, mended in outcome.mended.items():
        if mended.rows:
            click.echo(
                f"Mended {table}: {mended.missing} were missing, {mended.different} different,"
                f" {mended.needless} needless."
            )
    if not any(mended.rows for mended in outcome.mended.values()):
        click.echo(f"Nothing has differed since {since:%Y-%m-%d %H:%M} UTC.")


def _tell_unknown(shop: str) -> NoReturn:
    click.echo(f"Earshot knows no shop {shop}.", err=True)
    sys.exit(1)
