"""What the app compiles of a merchant's patterns, run where it is meant to run."""

import random
from collections.abc import AsyncIterator, Sequence

import pytest_asyncio
from playwright.async_api import Browser, Page

from app.domain import places
from app.domain.settings import Where
from tests.domain.test_places import LIQUID
from tests.domain.test_url_patterns import EXAMPLES, is_meant
from tests.storefront_widget.storefronts import Storefront, serving

# As the widget does it, for many at once: each case a configuration, a page type and a path.
ASK = """async (cases) => {
  const [config, where, addresses] = await Promise.all(
    ["config", "places", "addresses"].map((name) => import(`/src/${name}.js`)))
  const begin = performance.now()
  const answers = cases.map(([places, page, path]) => where.isPlace(
    config.understand({ settings: {}, where: places, cards: [] }).where,
    page,
    addresses.localPath(new URL("https://alba.example" + path).pathname),
    () => false))
  return [answers, performance.now() - begin]
}"""
LETTERS = "ab/-+()[]$&%2"
STRANGE = "aä/É☃カ𝕏é\"'<>`{}^|%~!@,;:=_$&+()[]-"
Case = tuple[Where, str, str]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def blank(chromium: Browser) -> AsyncIterator[Page]:
    async with serving(Storefront(pacing={})) as shop:
        page = await chromium.new_page()
        await page.goto(f"{shop.url}/src/main.js")
        yield page
        await page.close()


async def ask(page: Page, cases: Sequence[Case]) -> tuple[list[bool], float]:
    """The answers, and how many milliseconds they took together."""
    told = [[_told(where), page_type, path] for where, page_type, path in cases]
    answers, milliseconds = await page.evaluate(ASK, told)
    return answers, milliseconds


def _told(where: Where) -> dict[str, object]:
    found = places.places(where)
    told: dict[str, object] = {"phone": found.phone, "devices": list(found.devices)}
    if isinstance(found.pages, str):
        told["pages"] = found.pages
    if isinstance(found.paths, str):
        told["paths"] = found.paths
    return told


async def test_browser_takes_patterns_as_they_are_meant(blank: Page) -> None:
    cases = [(Where(only_on=(pattern,)), "product", path) for pattern, path, _ in EXAMPLES]
    answers, _ = await ask(blank, cases)
    wrong = [
        example for example, answer in zip(EXAMPLES, answers, strict=True) if example[2] != answer
    ]
    assert wrong == []


async def test_browser_agrees_with_the_oracle(blank: Page) -> None:
    dice = random.Random(20261121)
    cases, expected = [], []
    for _ in range(4_000):
        only_on = [_made(dice, LETTERS + ".**") for _ in range(dice.randrange(3))]
        never_on = [_made(dice, LETTERS + ".**") for _ in range(dice.randrange(3))]
        path = _made(dice, LETTERS).rstrip("/") or "/"
        cases.append((Where(only_on=tuple(only_on), never_on=tuple(never_on)), "product", path))
        is_on = not only_on or any(is_meant(pattern, path) for pattern in only_on)
        expected.append(is_on and not any(is_meant(pattern, path) for pattern in never_on))
    answers, _ = await ask(blank, cases)
    assert {True, False} <= set(expected)
    assert answers == expected


async def test_any_path_is_a_pattern_of_itself(blank: Page) -> None:
    """However the browser writes what was typed."""
    dice = random.Random(20261122)
    paths = [f"{_made(dice, STRANGE).rstrip('/')}/" for _ in range(2_000)]
    answers, _ = await ask(blank, [(Where(only_on=(path,)), "", path) for path in paths])
    assert [path for path, answer in zip(paths, answers, strict=True) if not answer] == []


async def test_no_pattern_slows_the_page(blank: Page) -> None:
    worst = ("/" + "*a" * 99, "/" + "*aa" * 60 + "*b", "/*/" + "*/" * 90 + "x", "/" + "*a*b" * 49)
    where = Where(only_on=worst * 12, never_on=worst * 12)
    paths = ("/" + "a" * 2_000, "/" + "a/" * 1_000, "/" + "ab" * 1_000, "/" + "/" * 2_000)
    _, milliseconds = await ask(blank, [(where, "product", path) for path in paths])
    assert milliseconds < 1_000


async def test_browser_tells_kinds_of_pages_apart(blank: Page) -> None:
    chosen = ("collection", "other")
    cases: list[Case] = [(Where(pages=chosen), said, "/") for said in LIQUID]  # type: ignore[arg-type]
    answers, _ = await ask(blank, cases)
    assert dict(zip(LIQUID, answers, strict=True)) == {
        said: page in chosen for said, page in LIQUID.items()
    }


def _made(dice: random.Random, letters: str) -> str:
    return "/" + "".join(dice.choice(letters) for _ in range(dice.randrange(12)))
