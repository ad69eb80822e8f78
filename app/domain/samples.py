"""Cards about nobody, for merchants alone: what a preview shows. None of them is a notification."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid5

import msgspec
from msgspec import UNSET

from app.domain import frames, tellings, wordings
from app.domain.kinds import RECENT_ORDER
from app.domain.notifications import ProductFacts
from app.domain.rules import WINDOWS, Rule
from app.domain.settings import Privacy
from app.domain.tellings import Telling

_NAME, _PLACE, _COUNTRY = "Camille", "Lyon", "FR"
# Until a product is known; the picture is the app's own, and found from its pages alone.
_NOTHING_YET = ProductFacts(0, "Your product", image="/static/sample-product-1.svg")
NOT_WRITTEN = "Nothing is written yet."
_SAMPLES = UUID("5b6f3c1e-8f0d-4c39-9a51-0e6f2d7c4a18")


def id_of(sample: str) -> UUID:
    """Derived, as a notification's is; no notification has one of these."""
    return uuid5(_SAMPLES, sample)


def rule(rules: Iterable[Rule]) -> Rule:
    """The one that samples are made by."""
    return next(each for each in rules if each.kind == RECENT_ORDER)


def frame(
    sample: UUID, by: Rule, privacy: Privacy, product: ProductFacts | None, now: datetime
) -> frames.Notification:
    """As a paid order would be told, of the shop's own product where there is one."""
    return frames.Notification(
        id=sample,
        revision=1,
        rule=by.id,
        kind=by.kind,
        subject="sample",
        facts=facts(by, privacy, product or _NOTHING_YET),
        occurred_at=now,
    )


def facts(by: Rule, privacy: Privacy, product: ProductFacts) -> frames.Facts:
    """Of a buyer who lets everything be told that the merchant lets cards tell."""
    told = frames.Facts(
        product=frames.Product(
            id=str(product.id), title=product.title, url=None, image=product.image
        ),
        quantity=1,
        name=_NAME if privacy.name == "first-name" else UNSET,
        place=_PLACE if privacy.place == "town" else UNSET,
        country=_COUNTRY if privacy.place == "town" else UNSET,
        count=max(by.minimum, 2),
        window=int(WINDOWS[by.wish.windows[0]].total_seconds()) if by.wish.windows else UNSET,
        rating=5,
    )
    foreign = set(told.__struct_fields__) - by.of_kind.variables
    return msgspec.structs.replace(told, **dict.fromkeys(foreign, UNSET))


def telling(
    by: Rule, privacy: Privacy, product: ProductFacts | None, language: str = "en"
) -> Telling:
    return tellings.of_facts(facts(by, privacy, product or _NOTHING_YET), by, language)


def sentence(by: Rule, privacy: Privacy, product: ProductFacts | None) -> str:
    """What shoppers read in English, or that nothing is written for them yet."""
    if not wordings.of(by):
        return NOT_WRITTEN
    return "".join(piece.text for piece in telling(by, privacy, product).sentence)
