"""Cards about nobody, for merchants alone: what a preview shows. None of them is a notification."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET

from app.domain import frames, wordings
from app.domain.notifications import ProductFacts
from app.domain.rules import Rule
from app.domain.settings import Privacy

_NAME, _PLACE = "Camille", "Lyon"
_NOTHING_YET = ProductFacts(0, "Your product")


def frame(
    sample: UUID, rule: Rule, privacy: Privacy, product: ProductFacts | None, now: datetime
) -> frames.Notification:
    """As a paid order would be told, of the shop's own product where there is one."""
    return frames.Notification(
        id=sample,
        revision=1,
        rule=rule.id,
        kind=rule.kind,
        subject="sample",
        facts=facts(privacy, product or _NOTHING_YET),
        occurred_at=now,
    )


def facts(privacy: Privacy, product: ProductFacts) -> frames.Facts:
    """Of a buyer who lets everything be told that the merchant lets cards tell."""
    return frames.Facts(
        product=frames.Product(
            id=str(product.id), title=product.title, url=None, image=product.image
        ),
        quantity=1,
        name=_NAME if privacy.name == "first-name" else UNSET,
        place=_PLACE if privacy.place == "town" else UNSET,
    )


def sentence(rule: Rule, privacy: Privacy, product: ProductFacts | None) -> str:
    """What shoppers read in English."""
    said = facts(privacy, product or _NOTHING_YET)
    known = {"product": said.product.title, "quantity": "1", "name": said.name, "place": said.place}
    told = {name: str(fact) for name, fact in known.items() if fact is not UNSET}
    wording = wordings.choose(wordings.of(rule)["en"], told.keys()) or ""
    for name, fact in told.items():
        wording = wording.replace(f"{{{name}}}", fact)
    return wording
