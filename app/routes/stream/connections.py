"""One client's connection: a request's head in, an answer or a stream out."""

import asyncio
from collections.abc import Callable
from typing import Protocol, cast

from app.routes.stream import answers, events
from app.routes.stream.requests import Refusal, Request, RequestReader

# A reader this far behind is cut; it comes back and is replayed what it missed.
LARGEST_BACKLOG = 64 * 1024


class Server(Protocol):
    def greet(self, connection: "Connection") -> None: ...
    def answer(self, connection: "Connection", request: Request) -> None: ...
    def refuse(self, connection: "Connection", refusal: Refusal) -> None: ...
    def cut(self, connection: "Connection") -> None: ...
    def part(self, connection: "Connection") -> None: ...


class Connection(asyncio.Protocol):
    """Its reader goes as soon as the request is known; an open stream holds next to nothing."""

    __slots__ = ("_is_late", "_reader", "_server", "_transport", "shop", "slice", "write")

    def __init__(self, server: Server) -> None:
        self._server = server
        self._reader: RequestReader | None = RequestReader()
        self._is_late = False
        self.shop: str | None = None
        self.slice = 0
        self.write: Callable[[bytes], None]

    @property
    def is_gone(self) -> bool:
        return self._transport.is_closing()

    def begin_stream(self, shop: str) -> None:
        self.shop = shop
        self._transport.set_write_buffer_limits(high=LARGEST_BACKLOG)
        self.write(answers.stream_begins())

    def catch_up(self, data: bytes) -> None:
        """A replay may be larger than the backlog that is allowed, without any fault of theirs."""
        self._transport.set_write_buffer_limits(high=LARGEST_BACKLOG + len(data))
        self.write(data)

    def finish(self, answer: bytes) -> None:
        """Says no more, but leaves hanging up to the client.

        Closing with a request half read would reset the connection, and could lose the answer.
        """
        self.write(answer)
        self._transport.write_eof()

    def beat(self) -> None:
        if self.shop is not None:
            self.write(events.HEARTBEAT)
        elif self._is_late:
            self._transport.abort()  # has not asked for anything, or does not hang up
        else:
            self._is_late = True

    def close(self) -> None:
        """After what has been written is sent."""
        self._transport.close()

    def abort(self) -> None:
        self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self.write = self._transport.write
        self._server.greet(self)

    def data_received(self, data: bytes) -> None:
        if self._reader is None:
            if self.shop is not None:
                self._transport.abort()  # nobody has anything to say on a stream
            return
        outcome = self._reader.feed(data)
        if outcome is None:
            return
        self._reader = None
        if isinstance(outcome, Request):
            self._server.answer(self, outcome)
        else:
            self._server.refuse(self, outcome)

    def pause_writing(self) -> None:
        """Called from within a write, so what happens then waits until that is over."""
        if self.shop is not None:
            asyncio.get_running_loop().call_soon(self._server.cut, self)

    def connection_lost(self, error: Exception | None) -> None:
        self._server.part(self)
