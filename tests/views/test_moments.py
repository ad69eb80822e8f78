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
