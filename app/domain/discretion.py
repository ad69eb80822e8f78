"""For what must not be seen in logs, traces and error messages, wherever it ends up."""

import msgspec


class Discreet(msgspec.Struct, frozen=True):
    """Holds something secret or personal, so that its representation is its name alone."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"
