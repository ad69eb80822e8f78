"""The widget's pure modules, asked in a browser."""

import math
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from app.domain import wordings
from app.domain.kinds import ORDER_COUNT
from app.domain.rules import Rule, Wish
from app.domain.sentences.windows import WINDOWS
from tests.storefront_widget.storefronts import Storefront, serving

PACING = {
    "first_delay": 6,
    "duration": 6,
    "gap": 20,
    "max_per_page": 3,
    "max_per_session": 8,
    "dismissal_days": 7,
}
NEVER = {"shown": 0, "inSession": 0, "started": 1_000_000, "closed": 0, "dismissed": 0}
MINUTE = 60_000
DAY = 1_440 * MINUTE


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
    ("changes", "now", "wait"),
    [
        ({}, 1_000_000, 6_000),
        ({}, 1_007_000, 0),
        ({"closed": 1_005_000}, 1_010_000, 15_000),
        ({"closed": 9_000_000}, 1_010_000, 20_000),
        ({"shown": 2}, 1_010_000, 0),
        ({"shown": 3}, 1_010_000, math.inf),
        ({"inSession": 7}, 1_010_000, 0),
        ({"inSession": 8}, 1_010_000, math.inf),
        ({"dismissed": 1_000_000}, 1_000_000 + 7 * DAY - 1, math.inf),
        ({"dismissed": 1_000_000}, 1_000_000 + 7 * DAY, 0),
    ],
)
async def test_pacing_decides(blank: Page, changes: dict[str, int], now: int, wait: float) -> None:
    config = {"pacing": PACING, "quiet": []}
    assert await ask(blank, "pacing", "decide", config, NEVER | changes, now) == wait


@pytest.mark.parametrize(
    ("minute", "wait"), [(29, 0), (30, 30), (59.5, 0.5), (60, 0), (70, 0), (80, 10), (90, 0)]
)
async def test_quiet_hours_are_waited_for(blank: Page, minute: float, wait: float) -> None:
    config = {"pacing": PACING, "quiet": [[30, 60], [80, 90]]}
    history = NEVER | {"started": 0}
    found = await ask(blank, "pacing", "decide", config, history, minute * MINUTE)
    assert found == wait * MINUTE


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
    ("pathname", "root", "path"),
    [
        ("/", "/", "//"),
        ("/products/mug", "/", "/products/mug/"),
        ("/products/mug", None, "/products/mug/"),
        ("/fr", "/fr/", "/"),
        ("/fr/products/mug", "/fr/", "/products/mug/"),
        ("/en-gb/products/mug/", "/en-gb/", "/products/mug//"),
    ],
)
async def test_path_is_taken_without_the_language_s_root(
    blank: Page, pathname: str, root: str | None, path: str
) -> None:
    arguments = [pathname] if root is None else [pathname, root]
    assert await ask(blank, "addresses", "localPath", *arguments) == path


@pytest.mark.parametrize(
    ("locale", "spoken"),
    [("fr-CA", "fr-CA"), ("fr", "fr"), ("fr-BE", "fr"), ("de", "en"), (None, "en")],
)
async def test_wording_follows_the_language(blank: Page, locale: str, spoken: str) -> None:
    wordings = {"en": "e", "fr": "f", "fr-CA": "c"}
    assert await ask(blank, "wording", "choose", wordings, locale or "", "en") == spoken


@pytest.mark.parametrize(("locale", "spoken"), [("fr", "fr"), ("de", None), ("", None)])
async def test_without_a_fallback_there_is_silence(
    blank: Page, locale: str, spoken: str | None
) -> None:
    assert await ask(blank, "wording", "choose", {"fr": "f"}, locale, None) == spoken


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"name": "Ada", "place": "Lyon"}, ["Ada", " in ", "Lyon"]),
        ({"place": "Lyon"}, ["Someone in ", "Lyon"]),
        ({"name": "Ada"}, ["Someone"]),
        ({"place": " "}, ["Someone"]),
        ({}, ["Someone"]),
    ],
)
async def test_first_sentence_is_said_whose_facts_are_known(
    blank: Page, facts: dict[str, str], said: list[str]
) -> None:
    sentences = ["{name} in {place}", "Someone in {place}", "Someone"]
    config = {"rules": {"r": {"sentences": {"en": sentences}}}, "fallback": "en"}
    frame = {"rule": "r", "facts": facts}
    parts = await ask(blank, "wording", "sentence", config, frame, "xx")
    assert [part["text"] for part in parts] == said


@pytest.mark.parametrize(
    ("country", "language", "said"),
    [
        ("DE", "en", "Someone (Germany)"),
        ("DE", "fr", "Someone (Allemagne)"),
        ("DE", "ar", "Someone (ألمانيا)"),
        (None, "en", None),
    ],
)
async def test_country_is_said_in_the_language_of_its_sentence(
    blank: Page, country: str | None, language: str, said: str | None
) -> None:
    facts = {"country": country} if country else {}
    parts = await ask(blank, "wording", "compose", "Someone ({country})", facts, language)
    assert (parts and "".join(part["text"] for part in parts)) == said


async def test_browser_that_cannot_name_countries_says_the_next_sentence(blank: Page) -> None:
    without = "() => { window.kept = Intl.DisplayNames; delete Intl.DisplayNames; }"
    await blank.evaluate(without)
    parts = await ask(blank, "wording", "compose", "Someone ({country})", {"country": "DE"}, "en")
    await blank.evaluate("() => { Intl.DisplayNames = window.kept; }")
    assert parts is None


async def test_rule_that_is_not_told_of_says_nothing(blank: Page) -> None:
    frame = {"rule": "r", "facts": {}}
    assert await ask(blank, "wording", "sentence", {"rules": {}}, frame, "en") is None


@pytest.mark.parametrize("wording", ["{place}", "{constructor}", "{__proto__}"])
async def test_unknown_fact_makes_no_sentence(blank: Page, wording: str) -> None:
    facts = {"product": {"title": "Alba mug"}}
    assert await ask(blank, "wording", "compose", wording, facts, "en") is None


@pytest.mark.parametrize(
    ("number", "language", "said"),
    [
        (1, "pl", "1 zakup"),
        (3, "pl", "3 zakupy"),
        (12, "pl", "12 zakupów"),
        (1234, "de", "1.234-mal"),
        (1, "en", "once"),
        (2, "en", "2 times"),
        (2, "ar", "عمليتا شراء"),
    ],
)
async def test_numbers_have_their_plural_form_and_their_signs(
    blank: Page, number: int, language: str, said: str
) -> None:
    rule = Rule(UUID(int=1), ORDER_COUNT, True, Wish())
    config = {"rules": {"r": {"sentences": wordings.of(rule)}}, "fallback": None}
    facts = {"product": {"title": "Mug"}, "count": number, "window": 86_400}
    parts = await ask(blank, "wording", "sentence", config, {"rule": "r", "facts": facts}, language)
    line = "".join(part["text"] for part in parts)
    assert said in line
    assert WINDOWS[language]["24h"] in line


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        ("{product|short}", "W" * 39 + "…"),
        ("{name|upper}", "ADA"),
        ("{name}", "Ada"),
    ],
)
async def test_filters_are_what_the_template_says(blank: Page, wording: str, said: str) -> None:
    facts = {"product": {"title": "W" * 60}, "name": "Ada"}
    [part] = await ask(blank, "wording", "compose", wording, facts, "en")
    assert part["text"] == said


@pytest.mark.parametrize("luck", [0, 0.999])
async def test_pauses_grow_to_a_minute(blank: Page, luck: float) -> None:
    pauses = [await ask(blank, "pauses", "pause", attempt, luck) for attempt in (0, 1, 5, 6, 2_000)]
    assert pauses == sorted(pauses)
    assert pauses[0] <= 1_000
    assert 30_000 <= pauses[-1] <= 60_000


@pytest.mark.parametrize(
    ("ranks", "product", "first"),
    [
        ({}, "1", "a"),
        ({"r": [500, 0, 0], "s": [600, 0, 0]}, "1", "b"),
        ({"r": [500, 0, 0], "s": [500, 0, 0]}, "1", "a"),
        ({"r": [500, 50, 0], "s": [500, 50, 0]}, "3", "c"),
        ({"r": [500, 50, 0], "s": [500, 50, 0]}, None, "a"),
        ({"r": [500, 50, 0], "s": [600, 0, 0]}, "1", "b"),
        ({"r": [500, 0, 0], "s": [500, 0, 1]}, "1", "a"),
    ],
)
async def test_card_with_the_greatest_rank_is_first_and_the_newest_among_equals(
    blank: Page, ranks: dict[str, list[float]], product: str | None, first: str
) -> None:
    plain: dict[str, object] = {"r": {}, "s": {}}
    rules = plain | {rule: {"rank": rank} for rule, rank in ranks.items()}
    frames = [
        {"id": "a", "rule": "r", "facts": {"product": {"id": "1"}}},
        {"id": "b", "rule": "s", "facts": {}},
        {"id": "c", "rule": "r", "facts": {"product": {"id": "3"}}},
    ]
    chosen = await ask(blank, "queue", "first", frames, rules, product)
    assert chosen["id"] == first


async def test_nothing_that_waits_is_no_card(blank: Page) -> None:
    assert await ask(blank, "queue", "first", [], {}, "1") is None


async def test_chance_draws_each_card_as_often_as_its_weight(blank: Page) -> None:
    wins = await blank.evaluate(
        """async () => {
          const { first } = await import("/src/queue.js");
          const rules = { r: { rank: [500, 0, 1 / 3] }, s: { rank: [500, 0, 1] } };
          const two = () => ["r", "s"].map((rule) => ({ rule, facts: {} }));
          const draws = Array.from({ length: 20_000 }, () => first(two(), rules).rule);
          return draws.filter((rule) => rule === "r").length / draws.length;
        }"""
    )
    assert abs(wins - 3 / 4) < 0.03


async def test_what_was_drawn_stays_drawn(blank: Page) -> None:
    chosen = await blank.evaluate(
        """async () => {
          const { first } = await import("/src/queue.js");
          const rules = { r: { rank: [500, 0, 1] } };
          const frames = [..."abcdef"].map((id) => ({ id, rule: "r", facts: {} }));
          return Array.from({ length: 50 }, () => first([...frames], rules).id);
        }"""
    )
    assert len(set(chosen)) == 1


async def test_older_revision_does_not_replace_a_waiting_one(blank: Page) -> None:
    waiting = [{"id": "a", "revision": 2}]
    assert await ask(blank, "queue", "withFrame", waiting, {"id": "a", "revision": 1}) == waiting
