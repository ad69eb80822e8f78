"""A notification as it travels: a card for open pages, or the word that takes it back."""

from app.domain import frames
from app.domain.notifications import Notification, ProductFacts


def of(notification: Notification) -> tuple[frames.Event, frames.Frame]:
    """The event and its data, for whatever state the notification is in."""
    if notification.state == "retracted":
        return "retraction", frames.Retraction(notification.id, notification.reason or "")
    return "notification", card(notification)


def card(notification: Notification) -> frames.Notification:
    """A published notification, with nothing in it but what the card shows."""
    facts = notification.facts
    return frames.Notification(
        id=notification.id,
        revision=notification.revision,
        rule=notification.rule,
        kind=notification.kind,
        subject=notification.subject,
        facts=frames.Facts(product=_product(facts.product), quantity=facts.quantity),
        occurred_at=notification.occurred_at,
    )


def _product(product: ProductFacts) -> frames.Product:
    return frames.Product(
        id=str(product.id),
        title=product.title,
        url=f"/products/{product.handle}" if product.handle else None,
        image=product.image,
    )
