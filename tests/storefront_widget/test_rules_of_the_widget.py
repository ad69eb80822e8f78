"""The widget's pure modules, asked in a browser."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.storefront_widget.storefronts import Storefront, serving

PACING = {
    "first_delay": 6,
    "duration": 6,
    "gap": 20,
    "max_per_page": 3,
    "max_per_session": 8,
    "dismissal_days": 7,
}
NEVER = {"shown": 0, "shownInSession": 0, "started": 1_000_000, "closed": 0, "dismissed": 0}
DAY = 86_400_000


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def blank(chromium: Browser) -> AsyncIterator[Page]:
    """A page of the origin that serves the modules, without the widget itself."""
    async with serving(Storefront(pacing=PACING)) as shop:
        page = await chromium.new_page()
        await page.goto(f"{shop.url}/src/main.js")
        yield page
        await page.close()


async def ask(page: Page, module: str, call: str, *arguments: object) -> Any:
    """The answer of one function of a module, `undefined` being None."""
    return await page.evaluate(
        "async ([from, name, args]) => (await import(`/src/${from}.js`))[name](...args)",
        [module, call, list(arguments)],
    )


@pytest.mark.parametrize(
    ("changes", "now", "verdict"),
    [
        ({}, 1_000_000, {"wait": 6_000}),
        ({}, 1_007_000, {"wait": 0}),
        ({"closed": 1_005_000}, 1_010_000, {"wait": 15_000}),
        ({"closed": 9_000_000}, 1_010_000, {"wait": 20_000}),
        ({"shown": 3}, 1_010_000, {"reason": "page-limit"}),
        ({"shownInSession": 8}, 1_010_000, {"reason": "session-limit"}),
        ({"dismissed": 1_000_000}, 1_000_000 + 7 * DAY - 1, {"reason": "dismissed"}),
        ({"dismissed": 1_000_000}, 1_000_000 + 7 * DAY, {"wait": 0}),
    ],
)
async def test_pacing_decides(
    blank: Page, changes: dict[str, int], now: int, verdict: dict[str, Any]
) -> None:
    assert await ask(blank, "pacing", "decide", PACING, NEVER | changes, now) == verdict


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-300, "just now"),
        (59, "just now"),
        (60, "1 minute ago"),
        (3_599, "59 minutes ago"),
        (3_600, "1 hour ago"),
        (86_399, "23 hours ago"),
        (172_800, "2 days ago"),
    ],
)
async def test_age_is_never_rounded_up(blank: Page, seconds: int, said: str) -> None:
    now = 1_795_255_200_000
    since = await blank.evaluate("moment => new Date(moment).toISOString()", now - seconds * 1_000)
    assert await ask(blank, "times", "ago", since, now, "en", "just now") == said


@pytest.mark.parametrize(("since", "locale"), [("yesterday-ish", "en"), ("2020-01-01", "x-!!")])
async def test_unreadable_time_is_left_out(blank: Page, since: str, locale: str) -> None:
    assert await ask(blank, "times", "ago", since, 1_795_255_200_000, locale, "just now") == ""


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("/products/mug", "https://alba.example/products/mug"),
        ("https://alba.example/a b", "https://alba.example/a%20b"),
        ("javascript:alert(1)", None),
        (" java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("blob:https://alba.example/1", None),
        ("http://[", None),
        ("", None),
        (None, None),
        (7, None),
        ({"href": "/x"}, None),
    ],
)
async def test_only_web_addresses_are_linked(blank: Page, address: object, href: str) -> None:
    assert await ask(blank, "addresses", "checked", address, "https://alba.example/cart") == href


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("https://cdn.shopify.com/a.png?v=1", "https://cdn.shopify.com/a.png?v=1&width=180"),
        ("/cdn/shop/a.png", "https://alba.example/cdn/shop/a.png?width=180"),
        ("https://pictures.example/a.png", "https://pictures.example/a.png"),
    ],
)
async def test_shopify_is_asked_for_small_pictures(blank: Page, address: str, href: str) -> None:
    assert await ask(blank, "addresses", "picture", address, "https://alba.example/") == href


@pytest.mark.parametrize(
    ("locale", "wording"),
    [("fr-CA", "c"), ("fr", "f"), ("fr-BE", "f"), ("de", "e"), (None, "e")],
)
async def test_wording_follows_the_language(blank: Page, locale: str, wording: str) -> None:
    wordings = {"en": "e", "fr": "f", "fr-CA": "c"}
    assert await ask(blank, "wording", "choose", wordings, locale or "") == wording


@pytest.mark.parametrize("wording", ["{place}", "{constructor}", "{__proto__}", None, 7])
async def test_unknown_fact_makes_no_sentence(blank: Page, wording: object) -> None:
    facts = {"product": {"title": "Alba mug"}}
    assert await ask(blank, "wording", "compose", wording, facts) is None


@pytest.mark.parametrize("luck", [0, 0.999])
async def test_pauses_grow_to_a_minute(blank: Page, luck: float) -> None:
    pauses = [await ask(blank, "pauses", "pause", attempt, luck) for attempt in (0, 1, 5, 6, 2_000)]
    assert pauses == sorted(pauses)
    assert pauses[0] <= 1_000
    assert 30_000 <= pauses[-1] <= 60_000


async def test_older_revision_does_not_replace_a_waiting_one(blank: Page) -> None:
    waiting = [{"frame": {"id": "a", "revision": 2}, "isLive": False}]
    assert await ask(blank, "queue", "withFrame", waiting, {"id": "a", "revision": 1}) == waiting
