"""The commands `earshot dead-letters …`: what could not be worked off, by an operator's hand."""

import sys
from typing import Any
from uuid import UUID

import click
import msgspec

from app.data import dead_letters
from app.domain import shops
from app.domain.dead_letters import Letter, explained, why_it_stays
from app.doors import Doors
from app.errors import DeadLetterUnknown
from app.operating import having_opened
from app.services import dead_letters as services

_AT_ONCE = 500


def _domain(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not shops.is_domain(value):
        raise click.BadParameter(f"{value!r} is not a shop's domain, as in alba.myshopify.com.")
    return value


_SHOP = click.option("--shop", metavar="SHOP", callback=_domain, help="Of this shop only.")


@click.group("dead-letters")
def group() -> None:
    """What could not be worked off: look at it, try it again, or give it up."""


@group.command("list")
@_SHOP
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
def list_letters(shop: str | None, as_json: bool) -> None:
    """Show all of them, those that were parked last on top."""
    having_opened(lambda opened: _list(opened, shop, _json if as_json else _line))


@group.command()
@click.argument("letter_id", metavar="ID", type=click.UUID)
def show(letter_id: UUID) -> None:
    """Print one with what could not be worked off, which may tell of customers."""
    click.echo(_described(_known(having_opened(lambda opened: _find(opened, letter_id)))))


@group.command()
@click.argument("letter_id", metavar="[ID]", type=click.UUID, required=False)
@_SHOP
@click.option("--all", "every", is_flag=True, help="Of all shops.")
def replay(letter_id: UUID | None, shop: str | None, every: bool) -> None:
    """Send one, a shop's, or all of them through once more; safe to repeat."""
    if (letter_id is not None) + (shop is not None) + every != 1:
        raise click.UsageError("Say which: an ID, --shop SHOP or --all.")
    stay = _known(having_opened(lambda opened: _replay(opened, letter_id, shop)))
    sys.exit(1 if stay else 0)


@group.command()
@click.argument("letter_id", metavar="ID", type=click.UUID)
def drop(letter_id: UUID) -> None:
    """Give one up: it is never worked off."""
    _known(having_opened(lambda opened: _drop(opened, letter_id)))
    click.echo(f"{letter_id} is dropped.")


def _known(found: Any) -> Any:
    if found is None:
        click.echo("There is no such dead letter, or not any more.", err=True)
        sys.exit(1)
    return found


async def _list(opened: Doors, shop: str | None, line: Any) -> None:
    offset, found = 0, _AT_ONCE
    while found == _AT_ONCE:
        async with opened.data.system() as connection:
            letters = await dead_letters.page_of(connection, shop, _AT_ONCE, offset)
        for letter in letters:
            click.echo(line(letter))
        found, offset = len(letters), offset + _AT_ONCE


async def _find(opened: Doors, letter_id: UUID) -> Letter | None:
    async with opened.data.system() as connection:
        return await dead_letters.find(connection, letter_id)


async def _replay(opened: Doors, letter_id: UUID | None, shop: str | None) -> int | None:
    """How many stay, each tried for itself; None where there is none with that id."""
    wanted = await _wanted(opened, letter_id, shop)
    told = [await _replay_one(opened, *each) for each in wanted]
    if letter_id is not None and not any(each is not None for each in told):
        return None
    click.echo(f"{told.count(True)} replayed, {told.count(False)} left.")
    return told.count(False)


async def _wanted(
    opened: Doors, letter_id: UUID | None, shop: str | None
) -> list[tuple[str, UUID]]:
    if letter_id is not None:
        letter = await _find(opened, letter_id)
        return [(letter.shop, letter.id)] if letter else []
    async with opened.data.system() as connection:
        return await dead_letters.ids(connection, shop)


async def _replay_one(opened: Doors, shop: str, letter_id: UUID) -> bool | None:
    """None where another has taken it meanwhile."""
    try:
        reason = await services.replay(opened, shop, services.OPERATOR, letter_id)
    except DeadLetterUnknown:
        return None
    if reason is not None:
        click.echo(f"{letter_id} stays. {why_it_stays(reason)}", err=True)
    return reason is None


async def _drop(opened: Doors, letter_id: UUID) -> bool | None:
    letter = await _find(opened, letter_id)
    if letter is None:
        return None
    try:
        await services.drop(opened, letter.shop, services.OPERATOR, letter_id)
    except DeadLetterUnknown:
        return None
    return True


def _line(letter: Letter) -> str:
    return (
        f"{letter.id}  {letter.shop}  {letter.worker}  {letter.parked_at:%Y-%m-%d %H:%M:%S}"
        f"  {_plain(letter.reason)}"
    )


def _json(letter: Letter) -> str:
    shown = {
        name: getattr(letter, name)
        for name in ("id", "shop", "worker", "topic", "webhook_id", "parked_at", "reason")
    }
    return msgspec.json.encode(shown).decode()


def _described(letter: Letter) -> str:
    facts = {
        "id": letter.id,
        "shop": letter.shop,
        "worker": letter.worker,
        "topic": letter.topic or "unknown",
        "webhook": letter.webhook_id or "unknown",
        "delivery": letter.delivery_id or "unknown",
        "event": letter.event_id or "none",
        "parked": f"{letter.parked_at:%Y-%m-%d %H:%M:%S} UTC",
        "reason": f"{letter.reason}: {explained(letter.reason)}",
    }
    lines = [f"{name:<9}{_plain(str(value))}" for name, value in facts.items()]
    message = (letter.message or b"").decode("utf-8", "backslashreplace")
    return "\n".join([*lines, "", "trace", _plain(letter.trace), "", "message", _plain(message)])


def _plain(text: str) -> str:
    """What came from outside must not steer the terminal."""
    return "".join(
        each if each.isprintable() or each in "\n\t" else each.encode("unicode_escape").decode()
        for each in text
    )
