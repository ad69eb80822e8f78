"""What a merchant's first look at each page costs, against an empty page of the same server."""

import statistics

import msgspec
from playwright.sync_api import Browser

from bench.admin.browsing import Vitals, Weight, fresh_page, open_app, vitals_of
from sandbox.supervision.addresses import Addresses

EMPTY = "/health/live"  # one word of text


class FirstView(msgspec.Struct, frozen=True):
    """Medians over the rounds: paints in ms, `shift` the worst, `bytes` from the app."""

    path: str
    paint: float
    empty_paint: float
    shift: float
    bytes: int

    @property
    def over_empty(self) -> float:
        return self.paint - self.empty_paint


def measure(browser: Browser, found: Addresses, path: str, rounds: int) -> FirstView:
    """Page and empty page in turns, so that a busy moment of the machine meets both."""
    looks: list[tuple[Vitals, int]] = []
    empties: list[Vitals] = []
    for _ in range(rounds):
        empties.append(_look(browser, found, EMPTY)[0])
        looks.append(_look(browser, found, path))
    return FirstView(
        path,
        statistics.median(vitals.paint for vitals, _ in looks),
        statistics.median(vitals.paint for vitals in empties),
        max(vitals.shift for vitals, _ in looks),
        max(weight for _, weight in looks),
    )


def _look(browser: Browser, found: Addresses, path: str) -> tuple[Vitals, int]:
    with fresh_page(browser) as page:
        weight = Weight(page, found["app_url"])
        frame = open_app(page, found["admin_url"], path)
        return vitals_of(frame), weight.bytes
