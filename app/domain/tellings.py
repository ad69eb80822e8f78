"""What a card says, in one language: the sentence that its facts allow, and those facts."""

import msgspec
from msgspec import UNSET

from app.domain import announcements, wordings
from app.domain.languages import Language
from app.domain.notifications import Notification
from app.domain.rules import Rule
from app.domain.settings import Privacy


class Telling(msgspec.Struct, frozen=True):
    """`facts` by the placeholders of `wording`; a card shows `picture` beside the sentence."""

    wording: str
    facts: dict[str, str]
    picture: str | None


def of(
    notification: Notification, rule: Rule, privacy: Privacy, language: Language = "en"
) -> Telling:
    """As shoppers read it now, or read it last: what is hidden since is not told here either."""
    told = announcements.card(notification, privacy).facts
    possible = {
        "product": told.product.title,
        "quantity": str(told.quantity),
        "name": told.name,
        "place": told.place,
    }
    facts = {name: str(fact) for name, fact in possible.items() if fact is not UNSET}
    alternatives = wordings.of(rule).get(language, ())
    wording = wordings.choose(alternatives, facts.keys()) or "{product}"
    return Telling(wording, facts, told.product.image)
