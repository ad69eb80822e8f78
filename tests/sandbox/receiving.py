"""A small ASGI program in the app's place: remembers what it got, answers what it is told."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn

Scope = dict[str, Any]
Message = dict[str, Any]


@dataclass
class Received:
    path: str
    query: str
    headers: dict[str, str]
    body: bytes

    @property
    def topic(self) -> str:
        return self.headers.get("x-shopify-topic", "")


@dataclass
class Receiver:
    """`answers` are used up one by one, then everything is answered 200; `bodies` by path."""

    answers: list[int] = field(default_factory=list)
    bodies: dict[str, bytes] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)

    @property
    def webhooks(self) -> list[Received]:
        return [one for one in self.received if one.path == "/webhooks/shopify"]

    @property
    def topics(self) -> list[str]:
        return [one.topic for one in self.webhooks]

    async def __call__(
        self,
        scope: Scope,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        received = self.received  # of the test that it is meant for
        body, is_more = b"", True
        while is_more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return  # the sender was cancelled in the middle of it
            body += message.get("body", b"")
            is_more = message.get("more_body", False)
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        query = scope["query_string"].decode()
        received.append(Received(scope["path"], query, headers, body))
        status = self.answers.pop(0) if self.answers else 200
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": self.bodies.get(scope["path"], b"")})


@asynccontextmanager
async def serving(server: uvicorn.Server, sockets: list[socket.socket]) -> AsyncIterator[None]:
    task = asyncio.create_task(server.serve(sockets=sockets))
    while not server.started:
        await asyncio.sleep(0.005)
    try:
        yield
    finally:
        server.should_exit = True
        await task


def listening() -> socket.socket:
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    opened.bind(("127.0.0.1", 0))
    opened.listen()
    opened.setblocking(False)
    return opened
