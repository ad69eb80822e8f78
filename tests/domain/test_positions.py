from hypothesis import given
from hypothesis import strategies as st

from app.domain import positions
from app.domain.positions import Position

EPOCHS = st.text("0123456789abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=32)
NUMBERS = st.integers(0, 10**15 - 1)
POSITIONS = st.builds(Position, EPOCHS, NUMBERS)


@given(POSITIONS)
def test_written_position_reads_back_the_same(position: Position) -> None:
    assert positions.parse(str(position)) == position


@given(st.text())
def test_whatever_is_read_was_written_just_so(text: str) -> None:
    position = positions.parse(text)
    assert position is None or str(position) == text


def test_garbage_is_no_position() -> None:
    garbage = [
        "",
        "-",
        "e7",
        "e-",
        "-7",
        "E-7",
        "e-07",
        "e--7",
        "e-7\n",
        "e-\u0667",
        "e-7-8",
        "e-1e3",
    ]
    assert [positions.parse(text) for text in garbage] == [None] * len(garbage)


@given(EPOCHS, NUMBERS, NUMBERS)
def test_of_two_positions_at_most_one_follows_the_other(epoch: str, one: int, two: int) -> None:
    first, second = Position(epoch, one), Position(epoch, two)
    assert first.follows(second) + second.follows(first) == (one != two)


@given(POSITIONS, NUMBERS)
def test_position_of_another_epoch_always_follows(position: Position, number: int) -> None:
    assert Position(position.epoch + "x", number).follows(position)


@given(POSITIONS)
def test_next_position_has_nothing_in_between(position: Position) -> None:
    following = Position(position.epoch, position.number + 1)
    assert following.is_next_to(position)
    assert following.follows(position)
    assert not position.is_next_to(following)
