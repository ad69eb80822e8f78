"""Finds what a rule's filters can be chosen from, and names what was chosen."""

from collections.abc import Sequence

from app.data import choices as stored
from app.data.database import Connection
from app.domain import choices
from app.domain.choices import Choice, What

_MOST = 12


async def named(
    connection: Connection, shop: str, what: What, values: Sequence[str]
) -> list[Choice]:
    if what == "countries":
        return [choices.country(each) for each in values]
    return await stored.named(connection, shop, what, values)


async def found(
    connection: Connection, shop: str, what: What, text: str, chosen: Sequence[str]
) -> list[Choice]:
    """A few that have the text in their name, and are not chosen yet."""
    limit = _MOST + len(chosen)
    if what == "countries":
        several = choices.countries(text, limit)
    else:
        several = await stored.find(connection, shop, what, text, limit)
    return [each for each in several if each.value not in chosen][:_MOST]
