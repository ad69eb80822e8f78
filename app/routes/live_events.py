"""A message of a stream as bytes."""

from app.domain.positions import Position

SIGN_OF_LIFE = b":\n\n"


def event(position: Position | None, data: str, *, name: str | None = None) -> bytes:
    """Without a name it is HTML, which htmx swaps; `position` is where a reader goes on."""
    lines = [f"id: {position}"] if position else []
    if name:
        lines.append(f"event: {name}")
    lines += [f"data: {line}" for line in data.splitlines() or [""]]
    return ("\n".join(lines) + "\n\n").encode()
