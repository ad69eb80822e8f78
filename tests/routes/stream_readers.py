"""A reader of event streams that trusts nothing: bytes in, events out, as browsers do it."""

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.domain import positions
from app.domain.positions import Position


@dataclass
class Event:
    id: str = ""
    name: str = "message"
    data: str = ""

    @property
    def position(self) -> Position:
        position = positions.parse(self.id)
        assert position is not None
        return position


def decode(stream: bytes) -> Iterator[Event]:
    """The whole events in it (WHATWG HTML, 9.2.6), without comments and retry times."""
    text = stream.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    for block in text.split("\n\n")[:-1]:
        event, data = Event(), []
        for line in block.split("\n"):
            name, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if name == "data":
                data.append(value)
            elif name == "event":
                event.name = value
            elif name == "id":
                event.id = value
        if data:
            event.data = "\n".join(data)
            yield event


_open: list[asyncio.StreamWriter] = []


async def close_all() -> None:
    while _open:
        writer = _open.pop()
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes = b""


@dataclass
class StreamReader:
    """An open stream; keeps what it reads."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    answer: Answer
    received: bytes = b""
    events: list[Event] = field(default_factory=list)

    @classmethod
    async def open(
        cls, port: int, shop: str, *, after: object = None, last_event_id: object = None
    ) -> "StreamReader":
        path = f"/storefront/{shop}/stream" + (f"?after={after}" if after is not None else "")
        header = f"Last-Event-ID: {last_event_id}\r\n" if last_event_id is not None else ""
        request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{header}\r\n"
        return await cls.ask(port, [request.encode()])

    @classmethod
    async def ask(cls, port: int, pieces: list[bytes]) -> "StreamReader":
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        _open.append(writer)
        for piece in pieces:
            writer.write(piece)
            await asyncio.sleep(0)
        return cls(reader, writer, await _head(reader))

    async def read(self, count: int, seconds: float = 5.0) -> list[Event]:
        """The first `count` events since the beginning."""
        async with asyncio.timeout(seconds):
            while len(self.events) < count:
                some = await self.reader.read(65536)
                assert some, "the stream ended"
                self.received += some
                self.events = list(decode(self.received))
        return self.events

    @property
    def numbers(self) -> list[int]:
        return [event.position.number for event in self.events]

    async def ended(self, seconds: float = 5.0) -> bytes:
        """What came until the server hung up."""
        async with asyncio.timeout(seconds):
            self.received += await self.reader.read()
        self.events = list(decode(self.received))
        return self.received

    async def close(self) -> None:
        self.writer.close()


async def ask(port: int, request: bytes) -> Answer:
    """One answer, whole."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    _open.append(writer)
    async with asyncio.timeout(5):
        answer = await _head(reader)
        answer.body = await reader.read()
    return answer


async def get(port: int, path: str, method: str = "GET") -> Answer:
    return await ask(port, f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())


async def _head(reader: asyncio.StreamReader) -> Answer:
    async with asyncio.timeout(5):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("ascii")
    status, *lines = head.rstrip().split("\r\n")
    headers = (line.split(": ", 1) for line in lines)
    return Answer(int(status.split()[1]), {name.lower(): value for name, value in headers})
