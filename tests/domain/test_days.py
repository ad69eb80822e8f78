from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import days

ZONES = st.sampled_from(sorted(available_timezones())).map(days.zone)
MOMENTS = st.datetimes(
    min_value=datetime(2000, 1, 2), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)
)


@given(MOMENTS, ZONES)
def test_each_moment_is_within_its_day_and_no_other(moment: datetime, where: tzinfo) -> None:
    day = days.day_of(moment, where)
    assert days.start_of(day, where) <= moment < days.end_of(day, where)
    assert days.day_of(days.start_of(day, where), where) == day
    assert days.day_of(days.start_of(day, where) - timedelta(microseconds=1), where) < day


def test_today_begins_at_the_shops_midnight() -> None:
    now = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
    assert days.start_of_today(now, days.zone("America/New_York")) == datetime(
        2026, 11, 20, 5, 0, tzinfo=UTC
    )
    assert days.start_of_today(now, days.zone("Asia/Tokyo")) == datetime(
        2026, 11, 20, 15, 0, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("name", "day", "start", "hours"),
    [
        ("Europe/Paris", date(2026, 3, 29), "2026-03-28T23:00:00+00:00", 23),
        ("Europe/Paris", date(2026, 10, 25), "2026-10-24T22:00:00+00:00", 25),
        # Clocks go from 23:59 to 01:00: the day begins where midnight would have been.
        ("America/Santiago", date(2026, 9, 6), "2026-09-06T04:00:00+00:00", 23),
        # Clocks go from 00:59 back to 00:00: the day begins at the first midnight.
        ("America/Havana", date(2026, 11, 1), "2026-11-01T04:00:00+00:00", 25),
    ],
)
def test_a_day_on_which_clocks_change_is_whole(
    name: str, day: date, start: str, hours: int
) -> None:
    where = days.zone(name)
    assert days.start_of(day, where) == datetime.fromisoformat(start)
    assert days.end_of(day, where) - days.start_of(day, where) == timedelta(hours=hours)


@pytest.mark.parametrize(
    "name", [None, "", "Mars/Olympus", "Europe", "../../etc/passwd", "/etc/localtime", "x\0y", "é"]
)
def test_an_unknown_zone_is_utc(name: str | None) -> None:
    assert days.zone(name) is UTC


@given(ZONES, st.dates())
def test_every_day_of_the_calendar_has_its_moments(where: tzinfo, day: date) -> None:
    assert days.start_of(day, where) <= days.end_of(day, where)
