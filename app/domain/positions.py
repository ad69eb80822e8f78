"""A place in a shop's replay stream, written `<epoch>-<number>`."""

import re

from msgspec import Struct

# Numbers stay under 2^53, where Redis's Lua and a browser's numbers are still exact.
_WRITTEN = re.compile(r"([0-9a-z]{1,32})-(0|[1-9][0-9]{0,14})", re.ASCII)


class Position(Struct, frozen=True):
    """The last message a reader has. Number 0 is the place before an epoch's first message."""

    epoch: str
    number: int

    def __str__(self) -> str:
        return f"{self.epoch}-{self.number}"

    def follows(self, other: "Position") -> bool:
        """Whether a reader at `other` still lacks what is at this position."""
        return self.epoch != other.epoch or self.number > other.number

    def is_next_to(self, other: "Position") -> bool:
        """Whether nothing lies between `other` and this position."""
        return self.epoch == other.epoch and self.number == other.number + 1


# In no epoch at all: whoever is there may have missed anything.
NOWHERE = Position("", 0)


def parse(text: str) -> Position | None:
    """None for whatever is not a position: clients send what they like."""
    written = _WRITTEN.fullmatch(text)
    return Position(written[1], int(written[2])) if written else None
