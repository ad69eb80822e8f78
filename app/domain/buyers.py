"""Who bought, as far as shoppers may hear of it: a first name, a place, or nobody in particular.

Both are protected customer data: told only as the shop's privacy settings allow, and a town only
where enough buyers of late share it, since in a small place it would say who it was. Where too few
do, the region (a state, a province) is told by the same rule. A country is large enough to be told
wherever places are.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import Literal
from uuid import UUID

from app.domain import countries
from app.domain.discretion import Discreet
from app.domain.settings import Privacy

_LONGEST_NAME = 30
_LONGEST_PLACE = 60
# What stands in a field for names and is none: addresses, numbers, markup.
_NO_NAME = re.compile(r"[\d@/\\<>{}|_=+*#%&$€£:;?!\"()\[\]]")


# Where a buyer may be said to come from, the narrower first.
Place = Literal["town", "region"]


class Buyer(Discreet, frozen=True):
    """What an order says of whoever placed it; `country` is a code of two letters, `customer` is
    Shopify's own id.
    """

    name: str | None = None
    town: str | None = None
    region: str | None = None
    country: str | None = None
    customer: int | None = None


class Origin(Discreet, frozen=True):
    """What orders may have in common, as it is kept beside their events; None is not kept."""

    town: str | None = None
    region: str | None = None
    customer: UUID | None = None


class Sharing(Discreet, frozen=True):
    """A question: who else bought from a place since a moment, but for whoever placed `entity`."""

    what: Place
    key: str
    since: datetime
    entity: str
    customer: UUID | None


class Told(Discreet, frozen=True):
    """What a card may say of a buyer."""

    name: str | None = None
    place: str | None = None
    country: str | None = None


NOBODY = Buyer()
NOWHERE = Origin()
NOTHING = Told()


def told(
    buyer: Buyer, privacy: Privacy, *, sharing_the_town: int = 0, sharing_the_region: int = 0
) -> Told:
    """Of how many share it: those who bought of late from there, this one included."""
    name = first_name(buyer.name) if tells_names(privacy) else None
    if not tells_towns(privacy):
        return Told(name)
    place = None
    if sharing_the_town >= privacy.crowd:
        place = readable_place(buyer.town)
    if place is None and sharing_the_region >= privacy.crowd:
        place = readable_place(buyer.region)
    return Told(name, place, countries.code(buyer.country))


def tells_names(privacy: Privacy) -> bool:
    """Not without the merchant's word, whatever is stored."""
    return privacy.understood and privacy.name == "first-name"


def tells_towns(privacy: Privacy) -> bool:
    return privacy.understood and privacy.place == "town"


def hidden(privacy: Privacy) -> tuple[str, ...]:
    """Which facts cards may not tell."""
    return tuple(
        fact
        for fact, tells in (("name", tells_names), ("place", tells_towns), ("country", tells_towns))
        if not tells(privacy)
    )


def in_frames(facts: Iterable[str]) -> list[str]:
    """How frames that tell these begin to: within a text the marks of quotation are escaped."""
    return [f'"{fact}":"' for fact in facts]


def hidden_by(before: Privacy, after: Privacy) -> tuple[str, ...]:
    """Which facts cards told until a change of the settings, and tell no more."""
    return tuple(fact for fact in hidden(after) if fact not in hidden(before))


def still(before: Told, privacy: Privacy) -> Told:
    """What may still be said of what was said before."""
    return Told(
        name=before.name if tells_names(privacy) else None,
        place=before.place if tells_towns(privacy) else None,
        country=before.country if tells_towns(privacy) else None,
    )


def first_name(text: str | None) -> str | None:
    """The first word alone, but for titles and initials: some type their whole name there."""
    words = (word for word in _readable(text).split() if not word.endswith("."))
    word = next(words, "").strip(",-'")
    if len(word) > _LONGEST_NAME or _NO_NAME.search(word) or not any(map(str.isalpha, word)):
        return None
    return word


def readable_place(text: str | None) -> str | None:
    """As it was typed, if it is one that cards can show."""
    name = _readable(text)
    if not 0 < len(name) <= _LONGEST_PLACE or not any(map(str.isalpha, name)):
        return None
    return None if _NO_NAME.search(re.sub(r"\d+", "", name)) else name


def place_key(buyer: Buyer, place: str | None) -> str | None:
    """What orders from the same town or region have in common: `FR lyon`; None without either."""
    name = readable_place(place)
    country = countries.code(buyer.country)
    if name is None or country is None:
        return None
    return f"{country} {unicodedata.normalize('NFKC', name).casefold()}"


def _readable(text: str | None) -> str:
    """Words between single spaces; nothing where a sign in it would change the words around it."""
    words = " ".join((text or "").split())
    return words if words.isprintable() else ""
