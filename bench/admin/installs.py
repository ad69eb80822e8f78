"""How soon a merchant who consents to the app looks at its home page."""

import statistics
import time

import httpx
import msgspec
from playwright.sync_api import Browser, Page

from bench.admin.browsing import fresh_page
from sandbox.supervision.addresses import ALBA, Addresses

_SECONDS_TO_FORGET = 5.0  # until the app serves nothing for a shop that has left


class Installing(msgspec.Struct, frozen=True):
    """Median over the rounds, from consent until the setup guide is there, in ms."""

    rounds: int
    median: float


def measure(browser: Browser, found: Addresses, rounds: int) -> Installing:
    """Uninstalls before each round, so the shop has to be there at first."""
    took = [_once(browser, found) for _ in range(rounds)]
    return Installing(rounds, statistics.median(took))


def _once(browser: Browser, found: Addresses) -> float:
    _uninstall(found)
    with fresh_page(browser) as page:
        page.goto(found["admin_url"].rpartition("/apps/")[0])
        page.get_by_role("link", name="Install").click()
        return _consent(page)


def _consent(page: Page) -> float:
    consent = page.get_by_role("button", name="Install")
    consent.wait_for()
    began = time.perf_counter()
    consent.click()
    page.frame_locator("iframe#app").locator("#setup-guide").wait_for()
    return (time.perf_counter() - began) * 1_000


def _uninstall(found: Addresses) -> None:
    with httpx.Client(base_url=found["control_url"], timeout=30, trust_env=False) as control:
        control.post("/uninstall", json={"shop": ALBA}).raise_for_status()
        control.post("/settle", json={"timeout": 20}).raise_for_status()
    time.sleep(_SECONDS_TO_FORGET)
