"""Requests about privacy as their page shows them: what is asked, how far it is, what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from app.domain import compliance
from app.domain.compliance import Request, State
from app.views import moments
from app.views.moments import Clock, Moment

PATH = "/data-requests"

_TITLES = {
    compliance.DATA_REQUEST: "Send a customer their data",
    compliance.CUSTOMER_REDACT: "Forget a customer",
    compliance.SHOP_REDACT: "Forget this store",
}
_STATES: dict[State, tuple[str, str]] = {
    "waiting": ("Waiting", "info"),
    "held-up": ("Held up", "warning"),
    "due-soon": ("Due soon", "warning"),
    "overdue": ("Overdue", "critical"),
    "done": ("Done", "success"),
}
_IS_NEAR = ("due-soon", "overdue")


@dataclass(frozen=True)
class Export:
    """A document to take along, as a file of this `name`."""

    path: str
    name: str


@dataclass(frozen=True)
class RequestView:
    """What templates/data_requests/_request.html draws. `customer` is Shopify's number of them,
    `left` how much time there is, `note` what became of it or what holds it up."""

    id: str
    title: str
    customer: int | None
    received: Moment
    due: str
    left: str | None
    state: State
    note: str | None
    done: Moment | None
    export: Export | None

    @property
    def state_label(self) -> str:
        return _STATES[self.state][0]

    @property
    def tone(self) -> str:
        return _STATES[self.state][1]


@dataclass(frozen=True)
class Requests:
    """A page of the list."""

    rows: list[RequestView]
    path: str
    previous: str | None
    next: str | None

    @property
    def may_change(self) -> bool:
        return any(row.done is None for row in self.rows)

    @property
    def near(self) -> int:
        """How many have little time left, or none. Those are on the first page, on top."""
        return sum(row.state in _IS_NEAR for row in self.rows)

    @property
    def is_overdue(self) -> bool:
        return any(row.state == "overdue" for row in self.rows)


def view(found: Sequence[Request], page: int, limit: int, clock: Clock) -> Requests:
    """`found` has one more than `limit` where there are more."""
    return Requests(
        [_request(each, clock) for each in found[:limit]],
        _path(page),
        _path(page - 1) if page > 1 else None,
        _path(page + 1) if len(found) > limit else None,
    )


def _path(page: int) -> str:
    return PATH if page == 1 else f"{PATH}?page={page}"


def _request(request: Request, clock: Clock) -> RequestView:
    number = quote(request.webhook_id, safe="")
    is_done = request.done_at is not None
    return RequestView(
        id=f"request-{number}",
        title=_TITLES[request.topic],
        customer=request.demand.customer.id,
        received=clock.moment(request.received_at),
        due=moments.day(request.due_at, clock.where),
        left=None if is_done else moments.left(request.due_at, clock.now),
        state=request.state(clock.now),
        note=_note(request, clock),
        done=clock.moment(request.done_at) if request.done_at else None,
        export=_export(request, number) if request.has_export else None,
    )


def _note(request: Request, clock: Clock) -> str | None:
    if request.done_at is None:
        return f"{request.problem} Earshot tries again." if request.problem else None
    if request.topic != compliance.DATA_REQUEST:
        return None
    until = request.export_until()
    if request.has_export and until is not None:
        return f"The document is kept until {moments.day(until, clock.where)}."
    return "The document is not kept any more."


def _export(request: Request, number: str) -> Export:
    customer = request.demand.customer.id
    name = f"earshot-customer-{customer}.json" if customer else "earshot-customer.json"
    return Export(f"{PATH}/{number}/export", name)
