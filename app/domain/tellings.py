"""What a card says, in one language: the sentence that its facts allow, and those facts."""

import msgspec
from msgspec import UNSET

from app.domain import announcements, countries, frames, templates, wordings
from app.domain.notifications import Notification
from app.domain.rules import Rule
from app.domain.settings import Privacy
from app.domain.templates import Piece


class Telling(msgspec.Struct, frozen=True):
    """`facts` as they are written in the language; a card shows `picture` beside the sentence."""

    sentence: list[Piece]
    facts: dict[str, str]
    picture: str | None


def of(notification: Notification, rule: Rule, privacy: Privacy, language: str = "en") -> Telling:
    """As shoppers read it now, or read it last: what is hidden since is not told here either."""
    return of_facts(announcements.card(notification, privacy).facts, rule, language)


def of_facts(told: frames.Facts, rule: Rule, language: str = "en") -> Telling:
    facts = known(told, language)
    sentence = wordings.choose(wordings.of(rule).get(language, ()), facts, language)
    return Telling(
        sentence or _bare(facts),
        {name: templates.written(fact, language) for name, fact in facts.items()},
        told.product.image if told.product else None,
    )


def known(told: frames.Facts, language: str) -> dict[str, object]:
    """By the names that sentences have for them, a country by its own in the language."""
    facts = {name: getattr(told, name) for name in told.__struct_fields__}
    if told.product:
        facts["product"] = told.product.title
    if told.country:
        facts["country"] = countries.name(told.country, language) or UNSET
    return {name: fact for name, fact in facts.items() if fact is not UNSET}


def _bare(facts: dict[str, object]) -> list[Piece]:
    """Of a rule that has no words for it any more."""
    return [Piece(str(facts["product"]), "product")] if "product" in facts else [Piece("…")]
