"""What a shop may report of itself, and when it says it happened."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import reports
from tests.cast import ALBA, bearer
from tests.services.chain import Chain

PATH = "/api/v1/events"
NOW = datetime(2026, 11, 25, tzinfo=UTC)
FUTURE, LONG_AGO = "occurred_at lies in the future.", "occurred_at lies before the year 2000."


async def report(web: httpx.AsyncClient, occurred_at: str) -> httpx.Response:
    said = {"type": "sign_up.reported", "reference": "s1", "occurred_at": occurred_at}
    return await web.post(PATH, json=said, headers=bearer(ALBA))


@pytest.mark.parametrize(
    ("occurred_at", "sentence"),
    [
        ("0001-01-01T00:00:00+14:00", LONG_AGO),
        ("1999-12-31T23:59:59Z", LONG_AGO),
        ("9999-12-30T00:00:00Z", FUTURE),
        ("9999-12-31T23:59:59-14:00", FUTURE),
    ],
)
async def test_impossible_moments_are_refused_in_a_sentence(
    web: httpx.AsyncClient, chain: Chain, occurred_at: str, sentence: str
) -> None:
    await chain.install()
    answer = await report(web, occurred_at)
    assert answer.status_code == 400
    assert answer.json()["detail"] == sentence
    assert await chain.relay() == 0


async def test_clock_that_is_a_little_ahead_is_forgiven(
    web: httpx.AsyncClient, chain: Chain
) -> None:
    await chain.install()
    now = chain.doors.clock()
    assert (await report(web, (now + timedelta(minutes=6)).isoformat())).status_code == 400
    answer = await report(web, (now + timedelta(minutes=4)).isoformat())
    assert (answer.status_code, answer.json()["is_new"]) == (202, True)


@given(st.datetimes(timezones=st.timezones()))
def test_what_is_not_refused_lies_between_2000_and_now(moment: datetime) -> None:
    told = reports.SignUpReported(reference="s1", occurred_at=moment)
    if reports.objection_to(told, NOW) is None:
        assert datetime(2000, 1, 1, tzinfo=UTC) <= moment.astimezone(UTC)
        assert moment.astimezone(UTC) <= NOW + timedelta(minutes=5)
