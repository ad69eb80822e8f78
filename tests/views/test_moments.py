from datetime import UTC, datetime, timedelta

import pytest

from app.views import moments

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "just now"),
        (59, "just now"),
        (60, "1 minute ago"),
        (3_599, "59 minutes ago"),
        (3_600, "1 hour ago"),
        (86_399, "23 hours ago"),
        (2 * 86_400, "2 days ago"),
    ],
)
def test_moment_is_told_as_people_tell_it(seconds: int, words: str) -> None:
    assert moments.ago(NOW - timedelta(seconds=seconds), NOW) == words


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (24 * 30 - 1, "29 days left"),
        (47, "1 day left"),
        (23, "less than a day left"),
        (0, "less than a day late"),
        (-24, "1 day late"),
        (-49, "2 days late"),
    ],
)
def test_time_that_is_left_is_told_in_days(hours: int, words: str) -> None:
    assert moments.left(NOW + timedelta(hours=hours), NOW) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "at once"),
        (1.9, "at once"),
        (2, "2 seconds later"),
        (60, "1 minute later"),
        (7_300, "2 hours later"),
        (86_400, "1 day later"),
    ],
)
def test_what_comes_later_is_told_so(seconds: float, words: str) -> None:
    assert moments.later(NOW, NOW + timedelta(seconds=seconds)) == words


def test_moment_is_told_to_the_second() -> None:
    assert moments.exactly(NOW) == "21 November 2026, 09:00:00 UTC"
