"""The admin in Chromium: a page of the app in its frame, and what the browser measured there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from playwright.sync_api import Browser, Frame, Page, ViewportSize

VITALS = (Path(__file__).parent / "vitals.js").read_text()
_SIZE: ViewportSize = {"width": 1440, "height": 900}
_QUIET_MS = 600  # without a request: the page is there, whatever it streams


class Vitals(msgspec.Struct):
    """`shift` has no unit, `paint` is the largest contentful paint in ms, `inputs` a number.

    The browser tells of no interaction that took under 16 ms.
    """

    shift: float
    paint: float
    inputs: int
    interactions: dict[str, "Interaction"]

    @property
    def slowest(self) -> float:
        """Of all interactions, in ms, or 0 if the browser told of none."""
        return max((each.duration for each in self.interactions.values()), default=0.0)


class Interaction(msgspec.Struct):
    duration: float
    name: str


class Weight:
    """Bytes that came over the wire from the app, without what streams."""

    def __init__(self, page: Page, app_url: str) -> None:
        self.bytes = 0
        self._app_url = app_url
        self._ours: set[str] = set()
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.responseReceived", self._note)
        network.on("Network.loadingFinished", self._add)

    def _note(self, said: dict[str, Any]) -> None:
        url = str(said["response"]["url"])
        if url.startswith(self._app_url) and "/live" not in url:
            self._ours.add(said["requestId"])

    def _add(self, said: dict[str, Any]) -> None:
        if said["requestId"] in self._ours:
            self.bytes += int(said["encodedDataLength"])


@contextmanager
def fresh_page(browser: Browser) -> Iterator[Page]:
    """Nothing cached, nothing stored."""
    context = browser.new_context(viewport=_SIZE)
    context.add_init_script(VITALS)
    yield context.new_page()
    context.close()


def open_app(page: Page, admin_url: str, path: str) -> Frame:
    """The app's page at `path` in the admin's frame, when it has come to rest."""
    page.goto(admin_url + ("" if path == "/" else path), wait_until="load")
    handle = page.wait_for_selector("iframe#app")
    frame = handle.content_frame() if handle else None
    assert frame is not None
    frame.wait_for_load_state("load")
    page.wait_for_timeout(_QUIET_MS)
    return frame


def vitals_of(frame: Frame) -> Vitals:
    return msgspec.convert(frame.evaluate("window.__vitals"), Vitals)
