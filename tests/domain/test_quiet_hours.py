from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import quiet_hours
from app.domain.settings import QuietHours

# Half hours, a change of half an hour, changes at midnight, and none at all.
ZONES = st.sampled_from(
    [
        "UTC",
        "Europe/Paris",
        "America/New_York",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
        "Africa/Cairo",
        "America/Santiago",
        "Pacific/Auckland",
        "Pacific/Apia",
    ]
).map(ZoneInfo)
CLOCKS = st.times().map(lambda clock: f"{clock:%H:%M}")
NOWS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
PARIS = ZoneInfo("Europe/Paris")
NIGHT = QuietHours("22:00", "08:00")


def is_told(hours: QuietHours, zone: ZoneInfo, asked: datetime, moment: datetime) -> bool:
    minute = moment.timestamp() / 60
    return any(first <= minute < last for first, last in quiet_hours.spans(hours, zone, asked))


def is_meant(hours: QuietHours, clock: time) -> bool:
    """The oracle: what the shop's clock on the wall shows."""
    start, end = time.fromisoformat(hours.start), time.fromisoformat(hours.end)
    if start < end:
        return start <= clock < end
    return clock >= start or clock < end


def is_changed_near(zone: ZoneInfo, moment: datetime) -> bool:
    """Whether clocks are changed within a few hours."""
    around = (moment + timedelta(hours=hours) for hours in (-3, 0, 3))
    return len({each.astimezone(zone).utcoffset() for each in around}) > 1


@given(CLOCKS, CLOCKS, ZONES, NOWS, st.timedeltas(timedelta(0), timedelta(days=7)))
def test_shop_s_clock_decides(
    start: str, end: str, zone: ZoneInfo, asked: datetime, later: timedelta
) -> None:
    hours, moment = QuietHours(start, end), asked + later
    expected = is_meant(hours, moment.astimezone(zone).time())
    if is_changed_near(zone, moment):
        assert is_told(hours, zone, asked, moment) or not expected
    else:
        assert is_told(hours, zone, asked, moment) is expected


@given(CLOCKS, CLOCKS, ZONES, NOWS)
def test_spans_follow_each_other_and_last_a_day_at_most(
    start: str, end: str, zone: ZoneInfo, asked: datetime
) -> None:
    spans = quiet_hours.spans(QuietHours(start, end), zone, asked)
    assert spans == sorted(spans)
    assert all(0 < last - first <= 26 * 60 for first, last in spans)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-21T21:59", False),
        ("2026-11-21T22:00", True),
        ("2026-11-22T00:00", True),
        ("2026-11-22T07:59", True),
        ("2026-11-22T08:00", False),
    ],
)
def test_night_reaches_over_midnight(moment: str, expected: bool) -> None:
    assert is_told(NIGHT, PARIS, at(moment), at(moment)) is expected


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_morning_comes_when_the_shop_s_clock_says_so(day: str) -> None:
    """An hour earlier or later than the day before, in the nights when clocks are changed."""
    asked = at(f"{day}T00:30") - timedelta(days=1)
    assert is_told(NIGHT, PARIS, asked, at(f"{day}T07:59"))
    assert not is_told(NIGHT, PARIS, asked, at(f"{day}T08:00"))


def test_quiet_from_one_time_to_the_same_is_always() -> None:
    hours = QuietHours("09:00", "09:00")
    for clock in ("08:59", "09:00", "20:00"):
        assert is_told(hours, PARIS, at("2026-11-21T12:00"), at(f"2026-11-22T{clock}"))


def test_spans_stay_the_same_for_a_day() -> None:
    morning, evening = (
        quiet_hours.spans(NIGHT, PARIS, at(f"2026-11-21T{clock}")) for clock in ("00:00", "23:59")
    )
    assert morning == evening


def test_no_quiet_hours_are_no_spans() -> None:
    assert quiet_hours.spans(None, PARIS, at("2026-11-21T12:00")) == []
