"""Events that could not be worked off as their page shows them: what came, why it stopped."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain import dead_letters
from app.domain.dead_letters import Letter
from app.views.links import Link
from app.views.moments import Clock, Moment

PATH = "/dead-letters"
_TRACE_SHOWN = 4_000  # characters of its end, which says most

TITLES = {
    "orders/create": "New order",
    "orders/updated": "Change of an order",
    "orders/paid": "Payment of an order",
    "orders/cancelled": "Cancellation of an order",
    "orders/fulfilled": "Fulfilment of an order",
    "orders/partially_fulfilled": "Fulfilment of a part of an order",
    "refunds/create": "Refund",
    "carts/create": "New cart",
    "carts/update": "Change of a cart",
    "checkouts/create": "New checkout",
    "checkouts/update": "Change of a checkout",
    "customers/create": "New customer",
    "customers/update": "Change of a customer",
    "customers/delete": "Deletion of a customer",
    "customers/purchasing_summary": "Number of a customer's orders",
    "customer.tags_added": "New tags of a customer",
    "customer.tags_removed": "Tags taken off a customer",
    "products/create": "New product",
    "products/update": "Change of a product",
    "products/delete": "Deletion of a product",
    "collections/create": "New collection",
    "collections/update": "Change of a collection",
    "collections/delete": "Deletion of a collection",
    "inventory_levels/connect": "New stock",
    "inventory_levels/update": "Change of stock",
    "inventory_levels/disconnect": "End of stock",
    "app/uninstalled": "Uninstallation of Earshot",
    "app/scopes_update": "Change of Earshot's access",
    "shop/update": "Change of the store",
    "customers/data_request": "Request for a customer's data",
    "customers/redact": "Request to forget a customer",
    "shop/redact": "Request to forget this store",
    "earshot/preview-requested": "Test card",
    "earshot/reported": "Report of a program of yours",
    "earshot/announced": "Announcement",
}
_OTHERWISE = "Something that came in"
# Where the admin shows what a topic is about.
_IN_ADMIN = {"orders": "Order", "products": "Product", "collections": "Collection"}


@dataclass(frozen=True)
class LetterView:
    """What templates/dead_letters/_letter.html draws; `subject` is where the admin shows it."""

    id: str
    title: str
    topic: str | None
    subject: Link | None
    explanation: str
    parked: Moment
    trace: str
    may_be_replayed: bool
    replay_path: str
    path: str


@dataclass(frozen=True)
class Letters:
    """A page of the list; `obstacle` says why the one that was just replayed stays."""

    rows: list[LetterView]
    previous: str | None
    next: str | None
    is_answer: bool = False
    obstacle: str | None = None

    def after(self, obstacle: str | None = None) -> "Letters":
        return replace(self, is_answer=True, obstacle=obstacle)


def view(found: Sequence[Letter], page: int, limit: int, clock: Clock) -> Letters:
    """`found` has one more than `limit` where there are more."""
    return Letters(
        [_letter(each, page, clock) for each in found[:limit]],
        _path(PATH, page - 1) if page > 1 else None,
        _path(PATH, page + 1) if len(found) > limit else None,
    )


def _path(path: str, page: int) -> str:
    return path if page == 1 else f"{path}?page={page}"


def _letter(letter: Letter, page: int, clock: Clock) -> LetterView:
    path = f"{PATH}/{letter.id}"
    reason = dead_letters.ERASED if letter.is_erased else letter.reason
    return LetterView(
        id=str(letter.id),
        title=TITLES.get(letter.topic or "", _OTHERWISE),
        topic=letter.topic,
        subject=_subject(letter),
        explanation=dead_letters.explained(reason),
        parked=clock.moment(letter.parked_at),
        trace=letter.trace[-_TRACE_SHOWN:],
        may_be_replayed=not letter.is_erased,
        replay_path=_path(f"{path}/replay", page),
        path=_path(path, page),
    )


def _subject(letter: Letter) -> Link | None:
    kind = (letter.topic or "").partition("/")[0]
    if kind not in _IN_ADMIN or letter.number is None:
        return None
    return Link(f"{_IN_ADMIN[kind]} {letter.number}", f"shopify://admin/{kind}/{letter.number}")
