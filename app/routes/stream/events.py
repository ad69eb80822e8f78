"""Messages as server-sent events."""

from app.domain.frames import Message
from app.domain.positions import Position

HEARTBEAT = b":\n\n"


def encode(message: Message) -> bytes:
    """`data` on one line each: JSON has line breaks only where they mean nothing."""
    lines = message.data.splitlines() or [b""]
    data = b"\n".join(b"data: " + line for line in lines)
    return b"id: %b\nevent: %b\n%b\n\n" % (
        str(message.position).encode(),
        message.event.encode(),
        data,
    )


def place(position: Position) -> bytes:
    """No event, only where the reader is: it resumes from there before it has heard anything."""
    return b"id: %b\n\n" % str(position).encode()
