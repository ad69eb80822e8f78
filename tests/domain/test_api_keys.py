from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import api_keys
from app.domain.api_keys import ApiKey

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
KEY = ApiKey(id=UUID(int=7), name="till", created_by="42", created_at=NOW)
SECRET = "5e" * 32


@given(st.uuids(), st.binary(min_size=32, max_size=32))
def test_a_token_is_read_as_it_was_written(key_id: UUID, secret: bytes) -> None:
    presented = api_keys.parse(api_keys.token(key_id, secret.hex()))
    assert presented is not None
    assert (presented.id, presented.secret) == (key_id, secret.hex())


@given(st.text())
def test_other_text_is_no_token(text: str) -> None:
    assert api_keys.parse(text) is None
    assert api_keys.parse(f"earshot_{text}") is None


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token + "\n",
        lambda token: " " + token,
        lambda token: token.upper(),
        lambda token: token[:-1],
        lambda token: token + "0",
        lambda token: token.replace("_", "-"),
        lambda token: token[:-1] + "é",
        lambda token: token[:-1] + "٣",
    ],
)
def test_a_token_of_another_form_is_none(change: object) -> None:
    assert callable(change)
    assert api_keys.parse(change(api_keys.token(KEY.id, SECRET))) is None


def test_only_the_right_secret_matches() -> None:
    stored = api_keys.hash_of(SECRET)
    assert api_keys.matches(api_keys.Presented(KEY.id, SECRET), stored)
    assert not api_keys.matches(api_keys.Presented(KEY.id, "5f" * 32), stored)
    assert not api_keys.matches(api_keys.Presented(KEY.id, SECRET), bytes(32))


def test_a_presented_key_does_not_show_its_secret() -> None:
    assert SECRET not in repr(api_keys.Presented(KEY.id, SECRET))


def test_a_use_is_noted_once_a_minute() -> None:
    used = msgspec.structs.replace(KEY, last_used_at=NOW)
    assert KEY.has_news_of_its_use(NOW)
    assert not used.has_news_of_its_use(NOW + timedelta(seconds=59))
    assert used.has_news_of_its_use(NOW + timedelta(seconds=60))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("till", "till"),
        ("  my   till ", "my till"),
        ("قارئ", "قارئ"),
        ("a" * 80, "a" * 80),
        ("a" * 81, None),
        ("", None),
        (" \n ", None),
        ("a\0b", None),
        ("a\u202eb", None),
        ("👩\u200d💻 laptop", "👩\u200d💻 laptop"),
        ("\u200d", None),
    ],
)
def test_a_name_can_be_read(text: str, name: str | None) -> None:
    assert api_keys.named(text) == name
