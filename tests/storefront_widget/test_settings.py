"""Each control of the settings, on a page that the app's own config.json tells of it."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Browser, FloatRect, Locator, Page, expect

from app.domain import contrast, palettes
from app.domain.settings import (
    Appearance,
    Languages,
    Pacing,
    Palette,
    Privacy,
    QuietHours,
    ShopSettings,
    Where,
)
from tests.storefront_widget.storefronts import Storefront, eventually, notification
from tests.storefront_widget.test_cards import card, visit

PHONE = {"width": 360, "height": 740}
STYLE = "(node, [name, pseudo]) => getComputedStyle(node, pseudo).getPropertyValue(name)"
CARD = "document.querySelector('earshot-card').shadowRoot.querySelector('.card')"
AT_REST = f"{CARD}.getAnimations().every(one => one.playState !== 'running')"
AGAIN = "one => { one.style.animation = 'none'; one.offsetTop; one.style.animation = '' }"
AT_FIRST = """one => {
  one.getAnimations()[0].currentTime = 0
  return getComputedStyle(one).transform
}"""
# In the page's own time: on a busy machine, what the page was to do before is done before.
MOMENT = "new Promise(done => setTimeout(done, 150))"
SERIFS = """document.addEventListener("DOMContentLoaded", () => {
  document.body.style.fontFamily = "Georgia"
})"""


async def shows(page: Page, shop: Storefront, path: str = "") -> bool:
    """Whether a card comes up; the page is one that listens, so it has had its chance."""
    shop.cards = [notification()]
    await page.goto(shop.url + path)
    await eventually(lambda: shop.open_streams)
    await page.evaluate(MOMENT)
    return await page.locator("earshot-card .card").count() == 1


async def style(locator: Locator, name: str, pseudo: str | None = None) -> str:
    return str(await locator.evaluate(STYLE, [name, pseudo]))


def as_hex(color: str) -> str:
    """`rgb(1, 2, 3)` → `#010203`"""
    return "#" + bytes(int(each) for each in re.findall(r"\d+", color)[:3]).hex()


async def open_card(page: Page, shop: Storefront, **appearance: Any) -> Locator:
    shop.choose(appearance=Appearance(**appearance))
    shop.cards = [notification()]
    await visit(page, shop)
    await expect(card(page, "n-1")).to_be_visible()
    # At rest: what slides in is somewhere else at first.
    await page.wait_for_function(AT_REST)
    return card(page, "n-1").locator(".card")


async def box(locator: Locator) -> FloatRect:
    found = await locator.bounding_box()
    assert found is not None
    return found


PALETTES: dict[Any, Palette] = {
    **palettes.THEMES,
    "custom": Palette("#7a7a7a", "#808080", "#7b7b7b"),  # which nobody could read
}


@pytest.mark.parametrize("theme", PALETTES)
async def test_words_can_be_read_in_every_theme(page: Page, shop: Storefront, theme: str) -> None:
    drawn = await open_card(page, shop, theme=theme, palette=PALETTES["custom"])
    ground = as_hex(await style(drawn, "background-color"))
    assert ground == PALETTES[theme].background
    for words in (".sentence", ".about", ".close"):
        color = as_hex(await style(drawn.locator(words), "color"))
        assert contrast.ratio(color, ground) >= 4.5
    mark = as_hex(await style(drawn.locator(".verified"), "border-bottom-color", "::before"))
    assert contrast.ratio(mark, ground) >= 3


@pytest.mark.parametrize("radius", [0, 32])
async def test_corners_are_as_round_as_wanted(page: Page, shop: Storefront, radius: int) -> None:
    drawn = await open_card(page, shop, radius=radius)
    assert await style(drawn, "border-top-left-radius") == f"{radius}px"


@pytest.mark.parametrize(
    ("position", "left", "top"),
    [
        ("bottom-left", True, False),
        ("bottom-right", False, False),
        ("top-left", True, True),
        ("top-right", False, True),
    ],
)
async def test_wide_screens_have_four_corners(
    page: Page, shop: Storefront, position: str, left: bool, top: bool
) -> None:
    await page.set_viewport_size({"width": 1000, "height": 700})
    found = await box(await open_card(page, shop, position=position, phone_position="top"))
    assert found["x"] == (20 if left else 1000 - 20 - 336)
    assert found["y"] == (20 if top else 700 - 20 - found["height"])


@pytest.mark.parametrize("edge", ["bottom", "top"])
async def test_phones_have_two_edges(page: Page, shop: Storefront, edge: str) -> None:
    await page.set_viewport_size({"width": 360, "height": 740})
    drawn = await open_card(page, shop, position="bottom-right", phone_position=edge)
    found = await box(drawn)
    assert (found["x"], found["width"]) == (12, 336)
    assert found["y"] == (12 if edge == "top" else 740 - 12 - found["height"])
    close = await box(drawn.locator(".close"))
    assert (close["width"], close["height"]) == (44, 44)


async def test_phone_held_sideways_is_still_a_phone(chromium: Browser, shop: Storefront) -> None:
    context = await chromium.new_context(
        viewport={"width": 844, "height": 390}, has_touch=True, is_mobile=True
    )
    page = await context.new_page()
    found = await box(await open_card(page, shop, phone_position="top"))
    assert (found["x"], found["y"], found["width"]) == ((844 - 456) / 2, 12, 456)
    await context.close()


@pytest.mark.parametrize(
    ("size", "width", "text", "picture"),
    [("small", 296, "13px", 48), ("medium", 336, "14px", 60), ("large", 392, "16px", 76)],
)
async def test_card_is_as_large_as_wanted(
    page: Page, shop: Storefront, size: str, width: int, text: str, picture: int
) -> None:
    drawn = await open_card(page, shop, size=size)
    assert (await box(drawn))["width"] == width
    assert await style(drawn, "font-size") == text
    assert (await box(drawn.locator("img")))["width"] == picture


async def test_long_words_fit_into_the_largest_card(page: Page, shop: Storefront) -> None:
    shop.language = "de"
    drawn = await open_card(page, shop, size="large")
    shop.send("notification", notification(title="Gießkanne " * 40, revision=2))
    await expect(drawn).to_contain_text("Gießkanne Gießkanne")
    inside = await box(drawn)
    host = await box(page.locator("earshot-card"))
    assert host["y"] + 20 <= inside["y"]
    for part in (".sentence", ".about"):
        words = await box(drawn.locator(part))
        assert words["y"] + words["height"] <= inside["y"] + inside["height"]


@pytest.mark.parametrize(("picture", "corners"), [("square", "10px"), ("round", "50%")])
async def test_picture_has_the_wanted_shape(
    page: Page, shop: Storefront, picture: str, corners: str
) -> None:
    drawn = await open_card(page, shop, picture=picture)
    assert await style(drawn.locator("img"), "border-top-left-radius") == corners
    await eventually(lambda: shop.asked("/picture.svg"))


async def test_no_picture_is_neither_shown_nor_fetched(page: Page, shop: Storefront) -> None:
    drawn = await open_card(page, shop, picture="none")
    await expect(drawn.locator("img")).to_be_hidden()
    await page.wait_for_timeout(300)
    assert shop.asked("/picture.svg") == []


@pytest.mark.parametrize(
    ("motion", "seconds", "slides"),
    [("slide", "0.24s", True), ("fade", "0.24s", False), ("none", "0s", False)],
)
async def test_card_moves_no_more_than_wanted(
    page: Page, shop: Storefront, motion: str, seconds: str, slides: bool
) -> None:
    drawn = await open_card(page, shop, motion=motion)
    assert await style(drawn, "animation-duration") == seconds
    assert (await style(drawn, "--earshot-slide") != "0px") is slides
    await drawn.locator(".close").click()
    await expect(page.locator("earshot-card .card")).to_have_count(0)


async def test_card_slides_in_from_its_edge(page: Page, shop: Storefront) -> None:
    drawn = await open_card(page, shop, position="top-left")
    await drawn.evaluate(AGAIN)
    assert await drawn.evaluate(AT_FIRST) == "matrix(1, 0, 0, 1, 0, -20)"


@pytest.mark.parametrize(("font", "family"), [("theme", "Georgia"), ("system", "system-ui")])
async def test_font_is_the_theme_s_or_the_system_s(
    page: Page, shop: Storefront, font: str, family: str
) -> None:
    await page.add_init_script(SERIFS)
    drawn = await open_card(page, shop, font=font)
    assert (await style(drawn, "font-family")).startswith(family)


async def test_first_card_waits_as_long_as_wanted(page: Page, shop: Storefront) -> None:
    await page.clock.install()
    shop.pacing["first_delay"] = 20
    assert not await shows(page, shop)
    await page.clock.run_for(20_000)
    await expect(card(page, "n-1")).to_be_visible()


async def test_next_card_waits_as_long_as_wanted(page: Page, shop: Storefront) -> None:
    await page.clock.install()
    shop.pacing["gap"] = 60
    shop.cards = [notification("n-1"), notification("n-2")]
    await visit(page, shop)
    await card(page, "n-1").locator(".close").click()
    await page.clock.run_for(30_000)
    assert await page.locator('earshot-card[data-state="open"]').count() == 0
    await page.clock.run_for(30_000)
    await expect(card(page, "n-2")).to_be_visible()


async def test_session_cap_reaches_over_pages(page: Page, shop: Storefront) -> None:
    shop.pacing["max_per_session"] = 1
    assert await shows(page, shop)
    shop.cut()
    shop.cards = [notification("n-2")]
    await visit(page, shop)
    await page.wait_for_timeout(200)
    assert await page.locator("earshot-card .card").count() == 0


def quiet(begin: timedelta, end: timedelta) -> Pacing:
    now = datetime.now(UTC)
    return Pacing(quiet_hours=QuietHours(f"{now + begin:%H:%M}", f"{now + end:%H:%M}"))


@pytest.mark.parametrize(
    ("begin", "end", "shown"), [(-2, 2, False), (-2, -1, True), (1, 2, True), (-23, -1, True)]
)
async def test_quiet_hours_are_kept(
    page: Page, shop: Storefront, begin: int, end: int, shown: bool
) -> None:
    shop.choose(pacing=quiet(timedelta(hours=begin), timedelta(hours=end)))
    assert await shows(page, shop) is shown


async def test_card_comes_when_quiet_hours_end(page: Page, shop: Storefront) -> None:
    now = datetime.now(UTC)
    shop.choose(pacing=quiet(timedelta(hours=-1), timedelta(hours=1)))
    end = (now + timedelta(hours=1)).replace(second=0, microsecond=0)
    await page.clock.install(time=end - timedelta(seconds=30))
    assert not await shows(page, shop)
    await page.clock.fast_forward(31_000)
    await expect(card(page, "n-1")).to_be_visible()


@pytest.mark.parametrize(
    ("page_type", "pages", "shown"),
    [
        ("product", ("home",), False),
        ("index", ("home",), True),
        ("list-collections", ("collection",), True),
        ("article", ("blog",), True),
        ("page", ("home", "product"), False),
        ("page", ("other",), True),
        ("product", ("other",), False),
        ("", ("other",), True),
    ],
)
async def test_cards_keep_to_their_kinds_of_page(
    page: Page, shop: Storefront, page_type: str, pages: Any, shown: bool
) -> None:
    shop.page_type = page_type
    shop.choose(where=Where(pages=pages))
    assert await shows(page, shop) is shown


@pytest.mark.parametrize(
    ("path", "where", "shown"),
    [
        ("/products/mug", Where(only_on=("/products/*",)), True),
        ("/products/mug", Where(only_on=("/cart",)), False),
        ("/products/mug", Where(never_on=("/products/m*",)), False),
        ("/products/mug", Where(only_on=("/products/*",), never_on=("/products/mug",)), False),
        ("/fr/products/mug?variant=1", Where(only_on=("/products/mug",)), True),
        ("/fr", Where(only_on=("/",)), True),
        ("/fr/", Where(never_on=("/",)), False),
    ],
)
async def test_cards_keep_to_their_addresses(
    page: Page, shop: Storefront, path: str, where: Where, shown: bool
) -> None:
    shop.root = "/fr/" if path.startswith("/fr") else "/"
    shop.choose(where=where)
    assert await shows(page, shop, path) is shown


@pytest.mark.parametrize(
    ("devices", "width", "shown"),
    [
        (("phone",), 360, True),
        (("phone",), 1_000, False),
        (("desktop",), 360, False),
        (("desktop",), 1_000, True),
        ((), 1_000, False),
    ],
)
async def test_cards_keep_to_their_devices(
    page: Page, shop: Storefront, devices: Any, width: int, shown: bool
) -> None:
    await page.set_viewport_size({"width": width, "height": 740})
    shop.choose(where=Where(devices=devices))
    assert await shows(page, shop) is shown


@pytest.mark.parametrize(
    ("language", "enabled", "fallback", "said"),
    [
        ("nl", ("nl", "en"), "en", "Iemand heeft Alba mug gekocht"),
        ("nl-BE", ("nl", "en"), "en", "Iemand heeft Alba mug gekocht"),
        ("nl", ("de", "en"), "de", "Jemand hat Alba mug gekauft"),
        ("sv", ("de", "en"), "en", "Someone bought Alba mug"),
        ("sv", ("de", "en"), None, None),
        ("en", ("de",), None, None),
    ],
)
async def test_cards_speak_the_languages_that_are_on(
    page: Page, shop: Storefront, language: str, enabled: Any, fallback: Any, said: str | None
) -> None:
    shop.language = language
    shop.choose(languages=Languages(enabled=enabled, fallback=fallback))
    assert await shows(page, shop) is (said is not None)
    if said:
        await expect(card(page, "n-1").locator(".sentence")).to_have_text(said)


async def test_telling_facts_are_told_where_they_are_known(page: Page, shop: Storefront) -> None:
    shop.choose(privacy=Privacy(name="first-name", place="town", understood=True))
    await visit(page, shop)
    told = notification()
    told["facts"] |= {"name": "Ada", "place": "Lyon"}
    shop.send("notification", told)
    sentence = card(page, "n-1").locator(".sentence")
    await expect(sentence).to_have_text("Ada in Lyon bought Alba mug")


async def test_paused_shop_shows_nothing(page: Page, shop: Storefront) -> None:
    shop.choose(paused=True)
    assert not await shows(page, shop)
    shop.send("notification", notification("n-2"))
    await page.wait_for_timeout(200)
    assert await page.locator("earshot-card .card").count() == 0


@pytest.mark.parametrize(
    "wanted",
    [
        ShopSettings(paused=True),
        ShopSettings(where=Where(pages=("home",))),
        ShopSettings(where=Where(devices=("phone",))),
        ShopSettings(languages=Languages(enabled=("de",), fallback=None)),
    ],
)
async def test_open_card_leaves_where_it_is_not_wanted_any_more(
    page: Page, shop: Storefront, wanted: ShopSettings
) -> None:
    await open_card(page, shop)
    shop.settings = wanted
    shop.send("settings", {"version": 2})
    await expect(page.locator("earshot-card .card")).to_have_count(0)


async def test_open_card_takes_the_new_look_on_in_place(page: Page, shop: Storefront) -> None:
    drawn = await open_card(page, shop)
    await drawn.evaluate("one => window.before = one")
    await page.keyboard.press("Tab")
    shop.choose(appearance=Appearance(theme="dark", radius=3, position="top-right", picture="none"))
    shop.send("settings", {"version": 2, "spread": 0.5})
    ground = f"getComputedStyle({CARD}).backgroundColor"
    await page.wait_for_function(f"{ground} === 'rgb(29, 28, 26)'")
    assert await page.evaluate(f"{CARD} === window.before")
    assert await style(drawn, "border-top-left-radius") == "3px"
    assert (await box(drawn))["y"] == 20
    await expect(drawn.locator("img")).to_be_hidden()
    assert await drawn.evaluate("one => one.getRootNode().activeElement.className") == "sentence"


async def test_open_card_says_it_in_the_new_words(page: Page, shop: Storefront) -> None:
    shop.language = "de"
    drawn = await open_card(page, shop)
    await expect(drawn.locator(".sentence")).to_have_text("Jemand hat Alba mug gekauft")
    shop.choose(languages=Languages(enabled=("en",)))
    shop.send("settings", {"version": 2})
    await expect(drawn.locator(".sentence")).to_have_text("Someone bought Alba mug")


async def test_many_pages_ask_for_new_settings_at_different_times(
    page: Page, shop: Storefront
) -> None:
    await page.add_init_script("Math.random = () => 0.5")
    await page.clock.install()
    await visit(page, shop)
    shop.send("settings", {"version": 2, "spread": 60})
    shop.send("notification", notification())
    await expect(card(page, "n-1")).to_be_visible()
    await page.clock.run_for(20_000)
    assert len(shop.asked("config.json")) == 1
    await page.clock.run_for(10_000)
    await eventually(lambda: len(shop.asked("config.json")) == 2)


async def test_page_says_its_version_and_which_settings_it_knows_of(
    page: Page, shop: Storefront
) -> None:
    await visit(page, shop)
    shop.send("settings", {"version": 7, "spread": 0.1})
    await eventually(lambda: len(shop.asked("config.json")) == 2)
    queries = [request.target.partition("?")[2] for request in shop.asked("config.json")]
    assert queries == ["v=0.2.0&settings=0", "v=0.2.0&settings=7"]


async def test_theme_has_the_last_word(page: Page, shop: Storefront) -> None:
    shop.cards = [notification()]
    await visit(page, shop)
    await page.add_style_tag(content="earshot-card { --earshot-surface: rgb(1, 2, 3) }")
    drawn = card(page, "n-1").locator(".card")
    assert await style(drawn, "background-color") == "rgb(1, 2, 3)"
