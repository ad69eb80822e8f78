import base64
from datetime import UTC
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import cursors
from app.domain.cursors import Cursor


@given(st.builds(Cursor, at=st.datetimes(timezones=st.just(UTC)), id=st.uuids()))
def test_a_cursor_is_read_as_it_was_written(cursor: Cursor) -> None:
    assert cursors.parse(str(cursor)) == cursor


@given(st.text())
def test_any_other_text_is_no_cursor_or_one_of_ours(text: str) -> None:
    cursor = cursors.parse(text)
    assert cursor is None or cursors.parse(str(cursor)) == cursor


@pytest.mark.parametrize("text", ["", "x", "é", "=", "MjAyNi0xMS0yMSB4", "%00"])
def test_nonsense_is_no_cursor(text: str) -> None:
    assert cursors.parse(text) is None


def test_a_moment_that_is_none_in_utc_is_no_cursor() -> None:
    written = f"0001-01-01T00:00:00+14:00 {UUID(int=1)}"
    assert cursors.parse(base64.urlsafe_b64encode(written.encode()).decode()) is None
