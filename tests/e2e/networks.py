"""A visitor's way to the internet, which may be cut in the middle of a stream."""

import asyncio
import contextlib
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from playwright.async_api import ProxySettings

LOOPBACK = "127.0.0.1"
CHUNK = 65_536


class Network:
    """An HTTP proxy for one browser; every request gets a connection of its own."""

    def __init__(self) -> None:
        self._port = 0
        self._is_cut = False
        self._writers: set[StreamWriter] = set()
        self.heard = bytearray()  # all that ever came from servers

    @property
    def proxy(self) -> ProxySettings:
        return {"server": f"http://{LOOPBACK}:{self._port}"}

    def cut(self) -> None:
        """Breaks off all that is under way, and lets nothing through."""
        self._is_cut = True
        for writer in self._writers:
            writer.close()

    def mend(self) -> None:
        self._is_cut = False

    async def open(self) -> asyncio.Server:
        server = await asyncio.start_server(self._carry, LOOPBACK, 0)
        self._port = server.sockets[0].getsockname()[1]
        return server

    async def _carry(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._writers.add(writer)
        try:
            # What a browser takes back, or a server refuses, is theirs to notice.
            with contextlib.suppress(asyncio.IncompleteReadError, OSError):
                if not self._is_cut:
                    await self._exchange(reader, writer)
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _exchange(self, reader: StreamReader, writer: StreamWriter) -> None:
        target, head = _addressed(await reader.readuntil(b"\r\n\r\n"))
        answer, request = await asyncio.open_connection(*target)
        self._writers.add(request)
        request.write(head)
        asking = asyncio.create_task(_pour(reader, request))
        try:
            await _pour(answer, writer, self.heard)
        finally:
            asking.cancel()
            self._writers.discard(request)
            request.close()


@asynccontextmanager
async def opened() -> AsyncIterator[Network]:
    network = Network()
    server = await network.open()
    try:
        yield network
    finally:
        server.close()
        network.cut()
        await server.wait_closed()


def _addressed(head: bytes) -> tuple[tuple[str, int], bytes]:
    """Where a request to a proxy goes, and what that server is to be sent.

    Raises OSError for the tunnels that Chromium asks for by itself, to its maker's servers.
    """
    line, *headers = head.decode("latin-1").split("\r\n")
    method, url, version = line.split(" ")
    if method == "CONNECT":
        raise ConnectionRefusedError(url)
    parts = urlsplit(url)
    path = url.partition(parts.netloc)[2] or "/"
    kept = [one for one in headers if not one.lower().startswith(("connection:", "proxy-"))]
    lines = [f"{method} {path} {version}", "Connection: close", *kept]
    return (parts.hostname or "", parts.port or 80), "\r\n".join(lines).encode("latin-1")


async def _pour(source: StreamReader, sink: StreamWriter, record: bytearray | None = None) -> None:
    with contextlib.suppress(OSError):
        while data := await source.read(CHUNK):
            if record is not None:
                record += data
            sink.write(data)
            await sink.drain()
