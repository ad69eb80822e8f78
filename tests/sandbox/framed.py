"""The least app that the admin can frame: a bounce page, pages with a menu, and data."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs, quote

Message = dict[str, Any]

_PAGE = """<!doctype html>
<script data-api-key="the-key" src="{bridge}"></script>
<s-app-nav><s-link href="/" rel="home">Home</s-link><s-link href="/rules">Rules</s-link></s-app-nav>
<h1>{path} by {how}</h1>
<a href="/rules">Over there</a>
<form data-save-bar><input name="title" aria-label="Title" value="kept"></form>
<output></output>
<script>
  async function load() {{
    const answer = await fetch("/data");
    document.querySelector("output").textContent = await answer.text();
    shopify.toast.show("Loaded");
  }}
  load();
</script>"""


class FramedApp:
    """`refusals` data requests are answered 401 with the retry header first."""

    def __init__(self) -> None:
        self.bridge = ""
        self.refusals = 0
        self.tokens: list[str] = []

    async def __call__(
        self,
        scope: dict[str, Any],
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        status, body, extra = self._answer(scope, headers)
        content_type = (b"content-type", b"text/html; charset=utf-8")
        start = {"type": "http.response.start", "status": status, "headers": [content_type, *extra]}
        await send(start)
        await send({"type": "http.response.body", "body": body.encode()})

    def _answer(
        self, scope: dict[str, Any], headers: dict[str, str]
    ) -> tuple[int, str, list[tuple[bytes, bytes]]]:
        path, query = scope["path"], scope["query_string"].decode()
        if path == "/data":
            return self._data(headers)
        if path == "/auth/session-token":
            return 200, f'<script data-api-key="the-key" src="{self.bridge}"></script>', []
        if "x-shopify-bounce" in headers and "authorization" in headers:
            return 200, _PAGE.format(bridge=self.bridge, path=path, how="bounce"), []
        if "id_token" in parse_qs(query):
            return 200, _PAGE.format(bridge=self.bridge, path=path, how="the admin"), []
        target = quote(f"{path}?{query}", safe="")
        location = f"/auth/session-token?shopify-reload={target}".encode()
        return 302, "", [(b"location", location)]

    def _data(self, headers: dict[str, str]) -> tuple[int, str, list[tuple[bytes, bytes]]]:
        self.tokens.append(headers.get("authorization", "").removeprefix("Bearer "))
        if self.refusals:
            self.refusals -= 1
            return 401, "no", [(b"x-shopify-retry-invalid-session-request", b"1")]
        return 200, f"{len(self.tokens)} tried", []
