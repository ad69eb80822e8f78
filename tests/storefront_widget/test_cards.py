from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Locator, Page, expect

from app.domain.settings import Appearance, Languages
from tests.storefront_widget.storefronts import RULE, Storefront, a_rule, eventually, notification

HOST = "document.querySelector('earshot-card')"
HOSTILE = [
    "<img src=x onerror=window.hacked=1>",
    "</style><script>window.hacked=1</script>",
    "\"'><svg/onload=window.hacked=1>",
    "{product}{facts}${window.hacked=1}",
    "\u202egnp.exe\u0007\U0001f600" + "W" * 300,
]
UNSAFE = [
    "javascript:window.hacked=1",
    "data:text/html,<script>1</script>",
    "vbscript:x",
    "http://[",
]
BROKEN: list[object] = [None, 7, "{", [], {}, {"id": "x"}, {"id": "x", "facts": None, "rule": RULE}]


# What the link says of the pointer just before and just after half a second.
POINTER_EVENTS = """link => {
  link.style.animation = "none"
  link.offsetTop
  link.style.animation = ""
  const [settling] = link.getAnimations()
  settling.pause()
  return [499, 501].map(time => {
    settling.currentTime = time
    return getComputedStyle(link).pointerEvents
  })
}"""
# Where the words before the title stand, and the title.
BOXES_OF_WORDS = """line => {
  const words = document.createRange()
  words.selectNodeContents(line.firstChild)
  return [words, line.querySelector("strong")].map(one => one.getBoundingClientRect().toJSON())
}"""


async def visit(page: Page, shop: Storefront) -> None:
    await page.goto(shop.url)
    await eventually(lambda: shop.open_streams)


def card(page: Page, identifier: str) -> Locator:
    return page.locator(f'earshot-card[data-state="open"][data-notification="{identifier}"]')


async def remembered(page: Page, name: str) -> int:
    """A number from the tab's own storage."""
    found = await page.evaluate("name => JSON.parse(sessionStorage['earshot:1'])[name]", name)
    return int(found)


async def test_frame_becomes_a_card(page: Page, shop: Storefront) -> None:
    await visit(page, shop)
    shop.send("notification", notification("n-1"))
    await expect(card(page, "n-1").locator(".sentence")).to_have_text("Someone bought Alba mug")
    await expect(card(page, "n-1").locator("strong")).to_have_text("Alba mug")
    link = card(page, "n-1").locator("a.sentence")
    assert await link.evaluate("link => link.href") == f"{shop.url}/products/alba-mug"
    picture = await card(page, "n-1").locator("img").bounding_box()
    assert picture is not None
    assert (picture["width"], picture["height"]) == (60, 60)


async def test_stored_cards_show_on_load_newest_first(page: Page, shop: Storefront) -> None:
    shop.cards = [notification("newest"), notification("older")]
    await visit(page, shop)
    await card(page, "newest").locator(".close").click()
    await expect(card(page, "older")).to_be_visible()


async def test_card_seen_once_stays_away_after_a_reload(page: Page, shop: Storefront) -> None:
    shop.cards = [notification("seen"), notification("unseen")]
    await visit(page, shop)
    await expect(card(page, "seen")).to_be_visible()
    await page.reload()
    await expect(card(page, "unseen")).to_be_visible()


async def test_same_frame_twice_makes_one_card(page: Page, shop: Storefront) -> None:
    await visit(page, shop)
    shop.send("notification", notification("n-1"))
    await card(page, "n-1").locator(".close").click()
    shop.send("notification", notification("n-1"))
    shop.send("notification", notification("n-2"))
    await expect(card(page, "n-2")).to_be_visible()
    await card(page, "n-2").locator(".close").click()
    await expect(page.locator('earshot-card[data-state="closed"]')).to_be_attached()


async def test_newer_revision_redraws_the_open_card(page: Page, shop: Storefront) -> None:
    await visit(page, shop)
    shop.send("notification", notification("n-1"))
    await expect(card(page, "n-1")).to_be_visible()
    shop.send("notification", notification("n-1", "Alba jug", revision=2))
    await expect(card(page, "n-1").locator("strong")).to_have_text("Alba jug")
    shop.send("notification", notification("n-1", "Alba mug", revision=1))
    shop.send("notification", notification("n-2"))
    await expect(card(page, "n-1").locator("strong")).to_have_text("Alba jug")


async def test_only_one_card_is_open_at_a_time(page: Page, shop: Storefront) -> None:
    await visit(page, shop)
    for identifier in ("n-1", "n-2", "n-3"):
        shop.send("notification", notification(identifier))
    await expect(card(page, "n-1")).to_be_visible()
    assert await page.locator("earshot-card").count() == 1
    assert await page.locator("earshot-card .card").count() == 1


async def test_heard_frame_comes_before_stored_cards(page: Page, shop: Storefront) -> None:
    shop.cards = [notification("stored-1"), notification("stored-2")]
    await visit(page, shop)
    await expect(card(page, "stored-1")).to_be_visible()
    shop.send("notification", notification("heard"))
    shop.send("settings", {"version": 2}, "e-2")
    await eventually(lambda: len(shop.asked("config.json")) == 2)
    await card(page, "stored-1").locator(".close").click()
    await expect(card(page, "heard")).to_be_visible()


async def test_card_about_the_product_of_the_page_is_first_where_the_rule_wants_it(
    page: Page, shop: Storefront
) -> None:
    shop.rules = [a_rule(order="this-page")]
    other = notification("other")
    other["facts"]["product"] |= {"id": "8002"}
    shop.cards = [other, notification("of-this-page")]
    await visit(page, shop)
    await card(page, "of-this-page").locator(".close").click()
    await expect(card(page, "other")).to_be_visible()


async def test_rule_of_higher_priority_is_before_what_is_newer(
    page: Page, shop: Storefront
) -> None:
    urgent = "0197f3f0-0000-7000-8000-000000000002"
    shop.rules = [a_rule(), a_rule(urgent, priority=9)]
    shop.cards = [notification("newer"), notification("urgent") | {"rule": urgent}]
    await visit(page, shop)
    await card(page, "urgent").locator(".close").click()
    await expect(card(page, "newer")).to_be_visible()


async def test_retraction_removes_the_open_card(page: Page, shop: Storefront) -> None:
    await visit(page, shop)
    shop.send("notification", notification("n-1"))
    await expect(card(page, "n-1")).to_be_visible()
    shop.send("retraction", {"id": "n-1", "reason": "order-cancelled"}, "e-2")
    await expect(page.locator("earshot-card .card")).to_have_count(0)
    shop.send("notification", notification("n-1"), "e-1")
    shop.send("notification", notification("n-2"), "e-3")
    await expect(card(page, "n-2")).to_be_visible()


async def test_retracted_card_never_leaves_the_queue(page: Page, shop: Storefront) -> None:
    shop.cards = [notification("n-1"), notification("gone"), notification("n-3")]
    await visit(page, shop)
    await expect(card(page, "n-1")).to_be_visible()
    shop.send("retraction", {"id": "gone", "reason": "order-cancelled"}, "e-2")
    shop.send("notification", notification("gone"), "e-1")
    shop.send("notification", notification("n-1", "Alba jug", revision=2))
    await expect(card(page, "n-1").locator("strong")).to_have_text("Alba jug")
    await card(page, "n-1").locator(".close").click()
    await expect(card(page, "n-3")).to_be_visible()


async def test_escape_in_the_card_is_a_dismissal(page: Page, shop: Storefront) -> None:
    shop.pacing |= {"dismissal_days": 7}
    shop.cards = [notification("n-1"), notification("n-2")]
    await visit(page, shop)
    await card(page, "n-1").locator(".close").focus()
    await page.keyboard.press("Escape")
    await expect(page.locator("earshot-card .card")).to_have_count(0)
    assert await remembered(page, "dismissed") > 0


async def test_escape_elsewhere_only_closes_the_card(page: Page, shop: Storefront) -> None:
    shop.pacing |= {"dismissal_days": 7}
    shop.cards = [notification("n-1"), notification("n-2")]
    await visit(page, shop)
    await expect(card(page, "n-1")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(card(page, "n-2")).to_be_visible()
    assert await remembered(page, "dismissed") == 0


async def test_escape_that_the_page_took_is_not_the_card_s(page: Page, shop: Storefront) -> None:
    shop.cards = [notification()]
    await visit(page, shop)
    await expect(card(page, "n-1")).to_be_visible()
    await page.evaluate("document.body.addEventListener('keydown', one => one.preventDefault())")
    await page.keyboard.press("Escape")
    await expect(card(page, "n-1")).to_be_visible()


async def test_tap_meant_for_the_page_does_not_follow_the_card(
    page: Page, shop: Storefront
) -> None:
    shop.cards = [notification()]
    await visit(page, shop)
    link = card(page, "n-1").locator("a.sentence")
    assert await link.evaluate(POINTER_EVENTS) == ["none", "auto"]


async def test_close_button_takes_the_pointer_at_once(page: Page, shop: Storefront) -> None:
    shop.cards = [notification()]
    await visit(page, shop)
    close = card(page, "n-1").locator(".close")
    events = "close => getComputedStyle(close).pointerEvents"
    assert await close.evaluate(events) == "auto"
    assert await close.evaluate("close => close.getAnimations().length") == 0


async def test_close_button_has_a_name_and_can_be_reached(page: Page, shop: Storefront) -> None:
    shop.cards = [notification()]
    await visit(page, shop)
    await expect(page.get_by_role("button", name="Close")).to_be_visible()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("earshot-card .card")).to_have_count(0)


async def test_sentence_is_read_out_politely(page: Page, shop: Storefront) -> None:
    await visit(page, shop)
    status = page.get_by_role("status")
    await expect(status).to_have_text("")
    shop.send("notification", notification())
    await expect(status).to_have_text("Someone bought Alba mug")


async def test_sentence_is_said_once_and_not_left_standing(page: Page, shop: Storefront) -> None:
    await visit(page, shop)
    status = page.get_by_role("status")
    shop.send("notification", notification())
    await expect(status).to_have_text("Someone bought Alba mug")
    await expect(status).to_have_text("")
    shop.send("notification", notification(revision=2, occurred_at="2026-11-20T09:00:00Z"))
    await expect(card(page, "n-1").locator('time[datetime^="2026-11-20"]')).to_be_visible()
    await expect(status).to_have_text("")
    shop.send("notification", notification(title="Alba jug", revision=3))
    await expect(status).to_have_text("Someone bought Alba jug")


async def test_card_is_a_named_group_and_no_landmark(page: Page, shop: Storefront) -> None:
    shop.cards = [notification()]
    await visit(page, shop)
    group = page.get_by_role("group", name="Someone bought Alba mug")
    await expect(group).to_be_visible()
    await expect(page.get_by_role("complementary")).to_have_count(0)


async def test_card_leaves_when_its_time_is_up(page: Page, shop: Storefront) -> None:
    await page.clock.install()
    shop.cards = [notification()]
    await visit(page, shop)
    await expect(card(page, "n-1")).to_be_visible()
    await page.clock.run_for(15_000)
    await expect(card(page, "n-1")).to_be_visible()
    await page.clock.run_for(15_000)
    await expect(page.locator("earshot-card .card")).to_have_count(0)


async def test_pointer_and_focus_hold_the_card(page: Page, shop: Storefront) -> None:
    await page.clock.install()
    shop.cards = [notification()]
    await visit(page, shop)
    await card(page, "n-1").locator(".card").hover(force=True)
    await page.clock.run_for(40_000)
    await card(page, "n-1").locator(".close").focus()
    await page.mouse.move(700, 10)
    await page.clock.run_for(40_000)
    await expect(card(page, "n-1")).to_be_visible()
    await page.evaluate("document.querySelector('earshot-card').shadowRoot.activeElement.blur()")
    await page.clock.run_for(30_000)
    await expect(page.locator("earshot-card .card")).to_have_count(0)


async def test_page_limit_ends_the_cards(page: Page, shop: Storefront) -> None:
    shop.pacing |= {"max_per_page": 1}
    shop.cards = [notification("n-1"), notification("n-2")]
    await visit(page, shop)
    await card(page, "n-1").locator(".close").click()
    await expect(page.locator("earshot-card .card")).to_have_count(0)
    shop.send("notification", notification("n-3"))
    await page.wait_for_timeout(200)
    assert await page.locator("earshot-card .card").count() == 0


async def test_dismissal_is_remembered_on_the_next_page(page: Page, shop: Storefront) -> None:
    shop.pacing |= {"dismissal_days": 7}
    shop.cards = [notification("n-1"), notification("n-2")]
    await visit(page, shop)
    await card(page, "n-1").locator(".close").click()
    shop.cut()
    await visit(page, shop)
    await page.wait_for_timeout(200)
    assert await page.locator("earshot-card .card").count() == 0


async def test_settings_apply_without_a_reload(page: Page, shop: Storefront) -> None:
    await visit(page, shop)
    shop.sentences = {"en": ["{product} found a home"]}
    shop.send("settings", {"version": 2})
    await eventually(lambda: len(shop.asked("config.json")) == 2)
    shop.send("notification", notification())
    await expect(card(page, "n-1").locator(".sentence")).to_have_text("Alba mug found a home")


async def test_half_a_sentence_is_never_shown(page: Page, shop: Storefront) -> None:
    shop.sentences = {"en": ["Someone in {place} bought {product}"]}
    nameless = notification("nameless") | {"facts": {"place": "Lyon"}}
    shop.cards = [notification("placeless"), nameless]
    await visit(page, shop)
    placed = notification("placed")
    placed["facts"]["place"] = "Lyon"
    shop.send("notification", placed)
    await expect(card(page, "placed")).to_contain_text("Someone in Lyon bought Alba mug")


async def test_time_is_said_in_the_language_of_the_page(page: Page, shop: Storefront) -> None:
    shop.language = "de"
    sold = datetime.now(UTC) - timedelta(minutes=3, seconds=5)
    shop.cards = [notification(occurred_at=sold.isoformat())]
    await visit(page, shop)
    await expect(card(page, "n-1").locator(".ago")).to_have_text("vor 3 Minuten")
    await expect(card(page, "n-1").locator(".sentence")).to_have_text("Jemand hat Alba mug gekauft")


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_stays_text(page: Page, shop: Storefront, text: str) -> None:
    await visit(page, shop)
    product = {"id": text, "title": text, "url": text, "image": text}
    fields = {"kind": text, "subject": text, "occurred_at": text, "facts": {"product": product}}
    shop.send("notification", notification(text) | fields)
    await expect(page.locator("earshot-card .card")).to_be_visible()
    assert await page.locator("earshot-card strong").evaluate("one => one.textContent") == text
    assert await page.evaluate("window.hacked") is None
    assert await page.locator("earshot-card").locator("script, svg, iframe").count() == 0
    handlers = "node => [...node.attributes].some(one => one.name.startsWith('on'))"
    for node in await page.locator("earshot-card").locator("*").all():
        assert not await node.evaluate(handlers)


@pytest.mark.parametrize("address", UNSAFE)
async def test_unsafe_address_is_no_link(page: Page, shop: Storefront, address: str) -> None:
    product = {"id": "1", "title": "Alba mug", "url": address, "image": address}
    shop.cards = [notification() | {"facts": {"product": product}}]
    await visit(page, shop)
    await expect(card(page, "n-1").locator("p.sentence")).to_be_visible()
    assert await card(page, "n-1").locator("a, img").count() == 0


async def test_broken_frames_are_passed_over(page: Page, shop: Storefront) -> None:
    await visit(page, shop)
    for broken in BROKEN:
        shop.send("notification", broken)
    shop.send("notification", notification())
    await expect(card(page, "n-1")).to_be_visible()


async def test_page_never_shifts(page: Page, shop: Storefront) -> None:
    watch = """new PerformanceObserver(list => {
      for (const entry of list.getEntries()) window.shift = (window.shift ?? 0) + entry.value
    }).observe({type: "layout-shift", buffered: true})"""
    await page.add_init_script(watch)
    await page.clock.install()
    shop.cards = [notification("n-1"), notification("n-2", "Very long name " * 9)]
    await visit(page, shop)
    for shown in ("n-1", "n-2"):
        await expect(card(page, shown)).to_be_visible()
        await page.clock.run_for(30_000)
    await expect(page.locator("earshot-card .card")).to_have_count(0)
    assert await page.evaluate("window.shift") is None


async def test_reduced_motion_moves_nothing(page: Page, shop: Storefront) -> None:
    await page.emulate_media(reduced_motion="reduce")
    shop.cards = [notification()]
    await visit(page, shop)
    await expect(card(page, "n-1")).to_be_visible()
    motion = "card => getComputedStyle(card).animationName"
    assert await card(page, "n-1").locator(".card").evaluate(motion) == "none"


async def test_right_to_left_page_mirrors_the_card(page: Page, shop: Storefront) -> None:
    shop.language, shop.direction = "ar", "rtl"
    shop.cards = [notification()]
    await visit(page, shop)
    picture = await card(page, "n-1").locator("img").bounding_box()
    close = await card(page, "n-1").locator(".close").bounding_box()
    assert picture is not None
    assert close is not None
    assert picture["x"] > close["x"]


async def test_english_sentence_on_a_right_to_left_page_reads_in_order(
    page: Page, shop: Storefront
) -> None:
    shop.language, shop.direction = "ar", "rtl"
    shop.choose(languages=Languages(enabled=("en",)))
    shop.cards = [notification(title="Ember candle bowl")]
    await visit(page, shop)
    sentence = card(page, "n-1").locator(".sentence")
    assert await sentence.evaluate("line => getComputedStyle(line).direction") == "ltr"
    lead, title = await sentence.evaluate(BOXES_OF_WORDS)
    assert lead["right"] <= title["left"] + 1
    about = await card(page, "n-1").locator(".about").bounding_box()
    assert about is not None
    assert title["right"] == pytest.approx(about["x"] + about["width"], abs=1)


async def test_arabic_sentence_reads_from_right_to_left(page: Page, shop: Storefront) -> None:
    shop.language, shop.direction = "ar", "rtl"
    shop.cards = [notification()]
    await visit(page, shop)
    lead, title = await card(page, "n-1").locator(".sentence").evaluate(BOXES_OF_WORDS)
    assert title["right"] <= lead["left"] + 1


async def test_theme_lifts_the_card_over_its_own_bar(page: Page, shop: Storefront) -> None:
    shop.cards = [notification()]
    await visit(page, shop)
    await page.add_style_tag(content="earshot-card { --earshot-offset-bottom: 64px }")
    element = page.locator("earshot-card")
    assert await element.evaluate("one => innerHeight - one.getBoundingClientRect().bottom") == 64
    shop.choose(appearance=Appearance(position="top-left"))
    shop.send("settings", {"version": 2})
    await page.wait_for_function(f"{HOST}.getBoundingClientRect().top === 0")


async def test_focus_ring_on_a_phone_stays_in_the_card(page: Page, shop: Storefront) -> None:
    await page.set_viewport_size({"width": 360, "height": 740})
    shop.cards = [notification()]
    await visit(page, shop)
    await expect(card(page, "n-1")).to_be_visible()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    ring = "close => getComputedStyle(close).outlineOffset"
    close = card(page, "n-1").locator(".close")
    assert await close.evaluate("close => close.matches(':focus-visible')")
    assert await close.evaluate(ring) == "-4px"


async def test_phone_card_keeps_its_margins(page: Page, shop: Storefront) -> None:
    await page.set_viewport_size({"width": 360, "height": 740})
    shop.cards = [notification(title="Wooden" * 30)]
    await visit(page, shop)
    box = await card(page, "n-1").locator(".card").bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (12, 336)
    assert await page.evaluate("document.documentElement.scrollWidth") == 360


async def test_second_copy_of_the_script_does_nothing(page: Page, shop: Storefront) -> None:
    await visit(page, shop)
    source = await page.locator("#earshot").get_attribute("data-script")
    await page.add_script_tag(url=source)
    assert await page.locator("earshot-card").count() == 1
    assert len(shop.asked("config.json")) == 1
