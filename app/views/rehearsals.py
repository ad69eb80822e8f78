"""A rehearsal as a rule's page shows it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from app.domain import announcements, tellings
from app.domain.notifications import Notification
from app.domain.rehearsals import Rehearsal
from app.domain.rules import Rule
from app.domain.settings import Privacy
from app.views import moments, numbers, reasons, sentences

_CARDS = 10
_PRODUCTS = 5
_SPANS = {"24h": "24 hours", "7d": "7 days"}


@dataclass(frozen=True)
class Card:
    sentence: Markup
    image_url: str | None
    occurred_at: datetime
    ago: str
    ending: str | None


@dataclass(frozen=True)
class RehearsalView:
    """What templates/rules/_rehearsal.html draws: first cards, products and reasons, the most
    frequent first."""

    title: str
    told_label: str
    events_label: str
    is_cut: bool
    cards: list[Card]
    products: list[tuple[str, int]]
    reasons: list[tuple[str, int]]


def view(rehearsal: Rehearsal, rule: Rule, privacy: Privacy, now: datetime) -> RehearsalView:
    told = rehearsal.told
    gone = sum(each.state == "retracted" for each in told)
    said = f"{numbers.counted(len(told), 'notification')}"
    products = Counter(each.facts.product.title for each in told if each.facts.product)
    against = Counter({reasons.sentence(word): n for word, n in rehearsal.reasons.items()})
    return RehearsalView(
        title=f"The last {_SPANS[rehearsal.span]}, by this rule",
        told_label=f"{said}, {numbers.grouped(gone)} of them taken back since" if gone else said,
        events_label=numbers.counted(rehearsal.events, "event"),
        is_cut=rehearsal.is_cut,
        cards=[_card(each, rule, privacy, now) for each in told[:_CARDS]],
        products=products.most_common(_PRODUCTS),
        reasons=against.most_common(),
    )


def _card(told: Notification, rule: Rule, privacy: Privacy, now: datetime) -> Card:
    telling = tellings.of_facts(announcements.card(told, privacy).facts, rule)
    return Card(
        sentences.compose(telling.sentence),
        telling.picture,
        told.occurred_at,
        moments.ago(told.occurred_at, now),
        reasons.sentence(told.reason) if told.reason else None,
    )
