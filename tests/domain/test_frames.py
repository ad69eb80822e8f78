import re
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import frames
from app.domain.frames import (
    Facts,
    Message,
    Notification,
    Product,
    Reset,
    Retraction,
    SettingsChanged,
)
from app.domain.positions import Position
from tests.domain.test_positions import POSITIONS

PROTOCOL = Path(__file__).parents[2] / "docs" / "protocol.md"
MUG = Product("8001", "Alba mug", "/products/alba-mug", None)
SALE = Notification(
    id=UUID("0b8f6c52-7d3e-5a41-9c27-64d1e0a8f935"),
    revision=1,
    rule=UUID("7c1d9a30-52b4-4e8f-8a6d-3f90c2e71b58"),
    kind="recent-order",
    subject="order-line:123",
    facts=Facts(MUG, 1),
    occurred_at=datetime(2026, 11, 21, 9, 0, tzinfo=UTC),
)


def test_unknown_facts_are_absent() -> None:
    facts = msgspec.json.decode(frames.encode(SALE))["facts"]
    assert facts == {
        "product": {
            "id": "8001",
            "title": "Alba mug",
            "url": "/products/alba-mug",
            "image": None,
        },
        "quantity": 1,
    }


def test_known_facts_are_there() -> None:
    facts = msgspec.json.decode(frames.encode(SALE_WITH_PLACE))["facts"]
    assert facts["place"] == "Lyon"
    assert "name" not in facts


SALE_WITH_PLACE = msgspec.structs.replace(SALE, facts=Facts(MUG, 1, place="Lyon"))


@given(
    POSITIONS,
    st.sampled_from(["notification", "retraction", "settings", "reset", "of-a-newer-release"]),
    st.dictionaries(st.text(), st.text() | st.integers(-(2**53), 2**53) | st.none()),
)
def test_message_is_read_as_it_was_published(
    position: Position, event: str, content: dict[str, object]
) -> None:
    data = msgspec.json.encode(content)
    published = b'{"position":"%b","event":"%b","data":%b}'
    raw = published % (str(position).encode(), event.encode(), data)
    assert frames.decode_message(raw) == Message(position, event, data)


@given(st.text())
def test_frame_is_one_line_whatever_the_title(title: str) -> None:
    frame = msgspec.structs.replace(SALE, facts=Facts(Product("1", title, None, None), 1))
    encoded = frames.encode(frame)
    assert not {b"\r"[0], b"\n"[0], 0} & set(encoded)
    assert msgspec.json.decode(encoded, type=Notification) == frame


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff",
        b"[]",
        b'{"position":"e-1","event":"notification"}',
        b'{"position":"e-1","event":"two\\nlines","data":{}}',
        b'{"position":"nowhere","event":"reset","data":{}}',
    ],
)
def test_what_is_no_message_is_named_so(raw: bytes) -> None:
    with pytest.raises(frames.MessageUnreadable):
        frames.decode_message(raw)


def test_examples_in_the_protocol_are_frames_of_ours() -> None:
    """Each example, read as its struct and written again, is the example."""
    structs: dict[str, type[frames.Frame]] = {
        "notification": Notification,
        "retraction": Retraction,
        "settings": SettingsChanged,
        "reset": Reset,
    }
    examples = re.findall(r"event: (\w+)\ndata: (.+)", PROTOCOL.read_text())
    assert {event for event, _ in examples} == set(structs)
    for event, data in examples:
        frame = msgspec.json.decode(data, type=structs[event])
        assert frames.encode(frame).decode() == data
