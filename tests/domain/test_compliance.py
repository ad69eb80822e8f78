"""How far a request about privacy is."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.compliance import CUSTOMER_REDACT, DEADLINE, Demand, Request, State
from tests.cast import ALBA

RECEIVED = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


def asked(problem: str | None = None, done_at: datetime | None = None) -> Request:
    return Request(
        shop=ALBA,
        webhook_id="w1",
        topic=CUSTOMER_REDACT,
        demand=Demand(),
        said_at=RECEIVED,
        received_at=RECEIVED,
        due_at=RECEIVED + DEADLINE,
        problem=problem,
        done_at=done_at,
    )


@pytest.mark.parametrize(
    ("days", "problem", "state"),
    [
        (0, None, "waiting"),
        (1, "Redis does not answer.", "held-up"),
        (22.99, None, "waiting"),
        (23, None, "due-soon"),
        (29.99, "Redis does not answer.", "due-soon"),
        (30, None, "overdue"),
        (400, None, "overdue"),
    ],
)
def test_state_follows_the_deadline_before_all_else(
    days: float, problem: str | None, state: State
) -> None:
    assert asked(problem).state(RECEIVED + timedelta(days=days)) == state


@pytest.mark.parametrize("days", [0, 29, 31])
def test_what_is_done_is_never_late(days: int) -> None:
    moment = RECEIVED + timedelta(days=days)
    assert asked(done_at=moment).state(moment + timedelta(days=90)) == "done"
