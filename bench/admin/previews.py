"""How soon the preview beside the settings follows what is typed."""

import statistics
from pathlib import Path

import msgspec
from playwright.sync_api import Browser

from bench.admin.browsing import fresh_page, open_app
from sandbox.supervision.addresses import Addresses

UNTIL_DRAWN = (Path(__file__).parent / "keystrokes.js").read_text()
FIELD = "appearance.radius"
VALUES = tuple(str(number % 33) for number in range(1, 101))


class Following(msgspec.Struct, frozen=True):
    """From a key until the card is drawn anew, by way of the server, in ms."""

    keys: int
    median: float
    p95: float


def measure(browser: Browser, found: Addresses) -> Following:
    with fresh_page(browser) as page:
        frame = open_app(page, found["admin_url"], "/settings")
        frame.get_by_text("Follows every change").wait_for()
        frame.frame_locator("#preview iframe").locator("earshot-card .card").wait_for()
        took: list[float] = frame.evaluate(UNTIL_DRAWN, [FIELD, list(VALUES)])
    return Following(len(took), statistics.median(took), statistics.quantiles(took, n=20)[-1])
