"""From an order to its card in a real browser, measured."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import httpx
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as TookTooLong

from sandbox.browser import chromium
from sandbox.running import running_sandbox
from sandbox.supervision.addresses import ALBA, Addresses
from sandbox.supervision.problems import SandboxProblem

FOLDER = Path(".sandbox/smoke")
ORDERS = 5
SECONDS_TO_SHOW = 10.0
LIMIT_MS = 1_000


def smoke() -> None:
    """Print how long it takes; raises SandboxProblem when no card comes or it takes too long."""
    with running_sandbox(FOLDER) as found, _storefront(found["storefronts"][ALBA]) as page:
        gap = _seconds_between_cards(found)
        _measure(found, page, gap)  # a first one warms everything up
        figures = [_measure(found, page, gap) for _ in range(ORDERS)]
    median = statistics.median(figures)
    each = ", ".join(f"{figure:.0f}" for figure in figures)
    click.echo(f"order → card: {median:.0f} ms (median of {ORDERS}: {each})")
    if median >= LIMIT_MS:
        raise SandboxProblem(f"A card must show within {LIMIT_MS} ms of its order.")


@contextmanager
def _storefront(url: str) -> Iterator[Page]:
    with chromium() as browser, browser.new_page() as page:
        page.goto(url)
        yield page


def _measure(found: Addresses, page: Page, gap: float) -> float:
    """Milliseconds from just before the order to its visible card, which is then closed."""
    began = time.perf_counter()
    _order(found)
    card = page.locator("earshot-card .card")
    try:
        card.wait_for(state="visible", timeout=SECONDS_TO_SHOW * 1_000)
    except TookTooLong:
        raise SandboxProblem(
            f"No card showed within {SECONDS_TO_SHOW:.0f} s of an order. Logs: {FOLDER}/logs"
        ) from None
    took = (time.perf_counter() - began) * 1_000
    card.locator("button.close").click()
    card.wait_for(state="detached")
    # The shopper is left in peace for a while, which is none of the chain's time.
    page.wait_for_timeout((gap + 0.5) * 1_000)
    return took


def _order(found: Addresses) -> None:
    answer = httpx.post(
        f"{found['control_url']}/orders", json={"shop": ALBA}, timeout=10, trust_env=False
    )
    if answer.is_error:
        raise SandboxProblem(f"The order was answered {answer.status_code}: {answer.text[:500]}")


def _seconds_between_cards(found: Addresses) -> float:
    config = f"{found['app_url']}/storefront/{ALBA}/config.json"
    settings = httpx.get(config, timeout=10, trust_env=False).raise_for_status().json()["settings"]
    return float(settings["pacing"]["gap"])
