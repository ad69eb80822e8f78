"""What merchants do on each page, done in a browser: how long each interaction takes to be seen."""

from collections.abc import Callable
from typing import Any

import httpx
import msgspec
from playwright.sync_api import Browser, Frame, Page

from bench.admin.browsing import Vitals, fresh_page, open_app, vitals_of
from sandbox.supervision.addresses import ALBA, Addresses

ORDERS = 30
_SETTLE_MS = 400  # an interaction is told when its paint is over


class Walk(msgspec.Struct, frozen=True):
    """`slowest` of the answers to `inputs` in ms; 0 says that all took under 16 ms."""

    name: str
    inputs: int
    slowest: float
    shift: float


Flow = Callable[[Page, Frame], None]


def walk(browser: Browser, found: Addresses) -> list[Walk]:
    _sell(found)
    return [
        _walked(browser, found, name, path, flow)
        for name, path, flow in (
            ("home: guide and tables", "/", _look_around_home),
            ("settings: type, choose, preview", "/settings", _edit),
            ("settings: save", "/settings", _save),
            ("settings: history, restore", "/settings/versions", _restore),
            ("notifications: search, filter", "/notifications", _search),
            ("notifications: detail, retract", "/notifications?state=published", _retract),
            ("API keys: create, revoke", "/api-keys", _make_a_key),
        )
    ]


def _sell(found: Addresses) -> None:
    """Something to look at."""
    with httpx.Client(base_url=found["control_url"], timeout=20, trust_env=False) as control:
        for _ in range(ORDERS):
            control.post("/orders", json={"shop": ALBA}).raise_for_status()
        control.post("/settle", json={"timeout": 15}).raise_for_status()


def _walked(browser: Browser, found: Addresses, name: str, path: str, flow: Flow) -> Walk:
    with fresh_page(browser) as page:
        frame = open_app(page, found["admin_url"], path)
        flow(page, frame)
        page.wait_for_timeout(_SETTLE_MS)
        return _report(name, vitals_of(frame))


def _report(name: str, vitals: Vitals) -> Walk:
    return Walk(name, vitals.inputs, vitals.slowest, vitals.shift)


def _look_around_home(page: Page, frame: Frame) -> None:
    frame.get_by_role("link", name="All notifications").click()
    frame.get_by_role("heading", level=1, name="Notifications").wait_for()
    page.go_back()
    frame.get_by_role("heading", level=1, name="Earshot").wait_for()


def _edit(page: Page, frame: Frame) -> None:
    for choice in ("Dark", "Warm", "Large", "Round", "Top right"):
        _choose(frame, choice)
    frame.get_by_label("Corner radius").focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    frame.get_by_label("Pause between two").fill("")
    frame.get_by_label("Pause between two").press_sequentially("45", delay=60)
    _choose(frame, "Phone")
    frame.get_by_label("Page", exact=True).select_option("product")
    page.get_by_role("button", name="Discard").click()


def _save(page: Page, frame: Frame) -> None:
    _choose(frame, "Fade")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".toast").first.wait_for()


def _restore(page: Page, frame: Frame) -> None:
    frame.get_by_role("button", name="Restore").first.click()
    page.locator(".toast").first.wait_for()


def _search(page: Page, frame: Frame) -> None:
    search = frame.get_by_label("Search by product")
    search.press_sequentially("mug", delay=60)
    page.wait_for_timeout(_SETTLE_MS)
    search.fill("")
    page.wait_for_timeout(_SETTLE_MS)
    frame.get_by_role("link", name="Published").click()
    page.wait_for_timeout(_SETTLE_MS)


def _retract(page: Page, frame: Frame) -> None:
    frame.locator("#notification-list a").first.click()
    page.wait_for_timeout(_SETTLE_MS)
    _open_dialog(frame, "Retract").get_by_role("button", name="Retract").click()
    page.locator(".toast").first.wait_for()


def _make_a_key(page: Page, frame: Frame) -> None:
    frame.get_by_role("button", name="Create key").first.click()
    frame.get_by_label("Name").press_sequentially("Till in Lyon", delay=40)
    frame.locator("#api-key-form").get_by_role("button", name="Create key").click()
    frame.locator("#new-api-key").wait_for()
    _open_dialog(frame, "Revoke").get_by_role("button", name="Revoke key").click()
    frame.get_by_role("heading", name="Revoked", exact=True).wait_for()


def _choose(frame: Frame, word: str) -> None:
    frame.get_by_role("radio", name=word, exact=True).click()


def _open_dialog(frame: Frame, button: str) -> Any:
    frame.get_by_role("button", name=button).first.click()
    return frame.locator("dialog[open]")
