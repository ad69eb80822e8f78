"""A storefront page with the embed, and the app's three answers to it, under a test's control."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
from liquid import Environment

from app.domain import storefront
from app.domain.kinds import RECENT_ORDER
from app.domain.rules import Rule, Wish
from app.domain.settings import SavedSettings, ShopSettings

WIDGET = Path(__file__).parents[2] / "storefront_widget"
BLOCK = WIDGET / "extension" / "blocks" / "earshot.liquid"
LOCALES = WIDGET / "extension" / "locales"
SHOP = "alba-ceramics.myshopify.com"
RULE = "0197f3f0-0000-7000-8000-000000000001"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
CONSENT = "<script>Shopify = {customerPrivacy: {analyticsProcessingAllowed: () => %s}}</script>"
TYPES = {".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml"}

Json = dict[str, Any]


def a_rule(of: str = RULE, **wish: Any) -> Rule:
    """About recent orders."""
    return Rule(UUID(of), RECENT_ORDER, True, Wish(**wish))


@dataclass(frozen=True)
class Request:
    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path


@dataclass
class Storefront:
    """What the page is told, and what it asked for."""

    pacing: Json
    consent: bool | None = True
    language: str = "en"
    direction: str = "ltr"
    position: str = "e-0"
    stream_status: int = 200
    config_status: int = 200
    sentences: dict[str, list[str]] | None = None
    settings: ShopSettings = field(default_factory=ShopSettings)
    rules: list[Rule] = field(default_factory=lambda: [a_rule()])
    zone: tzinfo = UTC
    page_type: str = "product"
    root: str = "/"
    script: str = ""
    cards: list[Json] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    open_streams: list[asyncio.StreamWriter] = field(default_factory=list)
    url: str = ""

    def choose(self, **settings: Any) -> None:
        """Sets parts of the settings document."""
        self.settings = msgspec.structs.replace(self.settings, **settings)

    def asked(self, ending: str) -> list[Request]:
        return [request for request in self.requests if request.path.endswith(ending)]

    def interactions(self) -> list[tuple[str, str]]:
        batches = [json.loads(request.body) for request in self.asked("/interactions")]
        return [(item["kind"], item["notification"]) for one in batches for item in one["items"]]

    def send(self, event: str, data: object, position: str = "e-1") -> None:
        frame = f"id: {position}\nevent: {event}\ndata: {json.dumps(data)}\n\n"
        for stream in self.open_streams:
            stream.write(frame.encode())

    def cut(self) -> None:
        while self.open_streams:
            self.open_streams.pop().close()

    def config(self) -> Json:
        """As the app composes it, with what the test wants otherwise."""
        config: Json = msgspec.to_builtins(
            storefront.compose(
                SHOP,
                SavedSettings(1, self.settings),
                self.rules,
                [],
                zone=self.zone,
                now=datetime.now(UTC),
                position=self.position,
                stream=f"{self.url}/storefront/{SHOP}/stream",
            )
        )
        config["settings"]["pacing"] = self.pacing
        if self.sentences is not None:
            config["rules"][RULE]["sentences"] = self.sentences
        return config | {"cards": self.cards}

    def page(self) -> str:
        routes = f"<script>Shopify.routes = {{root: '{self.root}'}}</script>"
        consent = "" if self.consent is None else CONSENT % json.dumps(self.consent) + routes
        return (
            f'<!doctype html><html lang="{self.language}" dir="{self.direction}">'
            '<meta name="viewport" content="width=device-width"><title>Alba mug</title>'
            f"{consent}<h1>Alba mug</h1><p>Made by hand.</p>{embed(self)}</html>"
        )


def embed(shop: Storefront) -> str:
    """The app embed as Shopify prints it; the schema is for the theme editor and prints nothing."""
    source = re.sub(r"{% schema %}.*{% endschema %}", "", BLOCK.read_text(), flags=re.DOTALL)
    words = words_in(shop.language)
    environment = Environment()
    environment.add_filter("asset_url", lambda name: f"/extension/assets/{shop.script or name}")
    environment.add_filter("t", lambda key: words[key.split(".")[0]][key.split(".")[1]])
    addresses = {"app_url": shop.url, "stream_url": shop.url}
    return environment.from_string(source).render(
        shop={"permanent_domain": SHOP},
        app={"metafields": {"earshot": addresses}},
        request={"page_type": shop.page_type, "locale": {"iso_code": shop.language}},
        product={"id": 8001},
    )


def words_in(language: str) -> Json:
    """The block's words, as a theme finds them."""
    file = LOCALES / f"{language}.json"
    words: Json = json.loads((file if file.exists() else LOCALES / "en.default.json").read_text())
    return words


def notification(identifier: str = "n-1", title: str = "Alba mug", **changes: Any) -> Json:
    product = {"id": "8001", "title": title, "url": "/products/alba-mug", "image": "/picture.svg"}
    return {
        "id": identifier,
        "revision": 1,
        "rule": RULE,
        "kind": "recent-order",
        "subject": f"order-line:{identifier}",
        "facts": {"product": product, "quantity": 1},
        "occurred_at": "2026-11-21T09:00:00Z",
    } | changes


async def eventually(question: Callable[[], object], seconds: float = 15) -> None:
    """Waits until the answer is true."""
    async with asyncio.timeout(seconds):
        while not question():
            await asyncio.sleep(0.02)


@asynccontextmanager
async def serving(shop: Storefront) -> AsyncIterator[Storefront]:
    """The storefront on a free loopback port; its address is in `shop.url`."""
    server = await asyncio.start_server(_answering(shop), "127.0.0.1", 0)
    shop.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield shop
    shop.cut()
    server.close()
    await server.wait_closed()


def _answering(
    shop: Storefront,
) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await _request(reader)
            shop.requests.append(request)
            if request.path.endswith("/stream") and shop.stream_status == 200:
                writer.write(_head(200, "text/event-stream") + b"retry: 100\n\n")
                shop.open_streams.append(writer)
                return
            writer.write(_response(shop, request))
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # a connection that the browser opened ahead, or took back
        writer.close()

    return answer


async def _request(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    line, *rest = head.strip().split("\r\n")
    method, target, _ = line.split(" ")
    headers = {name.lower(): value for name, value in (one.split(": ", 1) for one in rest)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Request(method, target, headers, body)


def _response(shop: Storefront, request: Request) -> bytes:
    if request.path.endswith("/stream"):
        return _head(shop.stream_status, "text/plain")
    if request.path.endswith("/config.json"):
        return _head(shop.config_status, "application/json") + json.dumps(shop.config()).encode()
    if request.path.endswith("/interactions"):
        return _head(204, "text/plain")
    if request.path == "/picture.svg":
        return _head(200, "image/svg+xml") + PICTURE.encode()
    file = WIDGET / request.path.removeprefix("/")
    if file.suffix == ".js" and file.is_file():
        return _head(200, TYPES[file.suffix]) + file.read_bytes()
    return _head(200, "text/html; charset=utf-8") + shop.page().encode()


def _head(status: int, content_type: str) -> bytes:
    return (
        f"HTTP/1.1 {status} Answer\r\nContent-Type: {content_type}\r\nConnection: close\r\n"
        "Access-Control-Allow-Origin: *\r\nCache-Control: no-store\r\n\r\n"
    ).encode()
