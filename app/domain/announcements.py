"""A notification as it travels: a card for open pages, or the word that takes it back."""

from typing import TypeVar

from msgspec import UNSET, UnsetType

from app.domain import buyers, frames, pictures
from app.domain.buyers import Told
from app.domain.notifications import Facts, Notification, ProductFacts
from app.domain.settings import Privacy

Fact = TypeVar("Fact", str, int, float)


def of(notification: Notification, privacy: Privacy) -> tuple[frames.Event, frames.Frame]:
    """The event and its data, for whatever state the notification is in."""
    if notification.state == "retracted":
        return "retraction", frames.Retraction(notification.id, notification.reason or "")
    return "notification", card(notification, privacy)


def card(notification: Notification, privacy: Privacy) -> frames.Notification:
    """A published notification, with nothing in it but what the card shows.

    What it knows of a buyer is left out when the merchant has changed their mind since.
    """
    return frames.Notification(
        id=notification.id,
        revision=notification.revision,
        rule=notification.rule,
        kind=notification.kind,
        subject=notification.subject,
        facts=_facts(notification.facts, privacy),
        occurred_at=notification.occurred_at,
    )


def _facts(facts: Facts, privacy: Privacy) -> frames.Facts:
    told = buyers.still(Told(facts.name, facts.place, facts.country), privacy)
    return frames.Facts(
        product=UNSET if facts.product is None else _product(facts.product),
        quantity=_known(facts.quantity),
        name=_known(told.name),
        place=_known(told.place),
        country=_known(told.country),
        count=_known(facts.count),
        window=_known(facts.window),
        rating=_known(facts.rating),
    )


def _known(fact: Fact | None) -> Fact | UnsetType:
    return UNSET if fact is None else fact


def _product(product: ProductFacts) -> frames.Product:
    return frames.Product(
        id=str(product.id),
        title=product.title,
        url=f"/products/{product.handle}" if product.handle else None,
        image=pictures.small(product.image) if product.image else None,
    )
