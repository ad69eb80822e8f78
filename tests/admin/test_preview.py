"""The preview follows what is typed, and tells only the merchant who types."""

from urllib.parse import urlsplit

import pytest
from playwright.async_api import Frame, FrameLocator, Locator, Request, Route, expect

from tests.admin.framed import Admin, Window


@pytest.fixture
async def ana(admin: Admin) -> Window:
    return await opens(admin)


async def opens(admin: Admin, *, staff: str | None = None, width: int = 1440) -> Window:
    window = await admin.window(staff=staff, width=width)
    await window.opens("/", "Earshot")
    await window.goes_to("Settings")
    await expect(window.app.get_by_text("Follows every change")).to_be_attached()
    return window


def frame(window: Window) -> Frame:
    [found] = window.frame.child_frames
    return found


def card(window: Window) -> Locator:
    shop: FrameLocator = window.app.frame_locator("#preview iframe")
    return shop.locator("earshot-card .card")


async def test_real_card_stands_in_the_preview_and_says_that_it_is_a_sample(ana: Window) -> None:
    await expect(card(ana)).to_contain_text("Someone bought Your product")
    await expect(card(ana)).to_contain_text("Sample")


async def test_every_keystroke_is_seen_before_it_is_saved(ana: Window) -> None:
    await ana.app.get_by_role("radio", name="Your colours").check()
    background = ana.app.get_by_label("Background", exact=True)
    await background.fill("")
    await background.press_sequentially("#fff4d6")
    await expect(card(ana)).to_have_css("background-color", "rgb(255, 244, 214)")
    await ana.app.get_by_label("Corner radius").fill("3")
    await expect(card(ana)).to_have_css("border-radius", "3px")
    await expect(ana.save_bar).to_be_visible()
    await ana.save_bar.get_by_role("button", name="Discard").click()
    await expect(card(ana)).to_have_css("border-radius", "16px")


async def test_quick_typing_ends_with_what_was_typed_last(ana: Window) -> None:
    await ana.frame.evaluate(
        """() => {
          const field = document.querySelector('[name="appearance.radius"]');
          for (let radius = 0; radius <= 32; radius++) {
            field.value = radius;
            field.dispatchEvent(new Event("input", { bubbles: true }));
          }
        }"""
    )
    await expect(card(ana)).to_have_css("border-radius", "32px")


async def test_what_cannot_be_saved_leaves_the_preview_and_says_why(ana: Window) -> None:
    await ana.app.get_by_label("Corner radius").fill("8")
    await expect(card(ana)).to_have_css("border-radius", "8px")
    gap = ana.app.get_by_label("Pause between two")
    await gap.fill("soon")
    await ana.app.get_by_label("Corner radius").fill("24")
    await expect(gap).to_have_attribute("aria-invalid", "true")
    await expect(gap).to_have_accessible_description("Enter a whole number from 0 to 3600.")
    await expect(ana.app.get_by_text("Shows the last version that can be saved")).to_be_visible()
    await expect(card(ana)).to_have_css("border-radius", "8px")
    await gap.fill("5")
    await expect(gap).not_to_have_attribute("aria-invalid", "true")
    await expect(card(ana)).to_have_css("border-radius", "24px")
    await expect(ana.app.get_by_text("Follows every change")).to_be_visible()


async def test_contrast_is_told_while_colours_are_picked(ana: Window) -> None:
    await ana.app.get_by_role("radio", name="Your colours").check()
    contrast = ana.app.locator("[data-contrast=text]")
    await expect(contrast).to_have_text("16.4 : 1")
    await ana.app.get_by_label("Text: pick a colour").fill("#999999")
    await expect(contrast).to_have_text("2.8 : 1")
    await expect(contrast).to_have_attribute("data-too-low", "")
    text = ana.app.get_by_label("Text", exact=True)
    await expect(text).to_have_value("#999999")
    await expect(text).to_have_attribute("aria-invalid", "true")


async def test_example_follows_what_cards_may_tell(ana: Window) -> None:
    example = ana.app.locator("[data-example]")
    await expect(example).to_have_text("Someone bought Your product")
    await ana.app.get_by_label("The first name").check()
    await ana.app.get_by_label("I have approval for this data").check()
    await expect(example).to_have_text("Camille bought Your product")
    await expect(card(ana)).to_contain_text("Camille bought Your product")


async def test_desktop_and_phone_show_what_each_would(ana: Window) -> None:
    await ana.app.get_by_role("radio", name="Top right").check()
    await expect(card(ana)).to_be_visible()
    wide = await frame(ana).evaluate("[innerWidth, innerHeight]")
    box = await card(ana).evaluate("card => card.getBoundingClientRect().toJSON()")
    assert wide[0] > 480
    assert box["right"] > wide[0] - 40
    assert box["top"] < 40
    await ana.app.get_by_role("radio", name="Phone", exact=True).check()
    await ana.page.wait_for_timeout(300)
    slim = await frame(ana).evaluate("[innerWidth, innerHeight]")
    box = await card(ana).evaluate("card => card.getBoundingClientRect().toJSON()")
    assert slim[0] <= 480
    assert box["width"] > slim[0] - 40
    assert box["bottom"] > slim[1] - 40


async def test_preview_says_where_shoppers_would_see_nothing(ana: Window) -> None:
    note = ana.app.locator("[data-preview-note]")
    await expect(note).to_be_hidden()
    await ana.app.get_by_label("Page", exact=True).select_option("Cart")
    await ana.app.get_by_role("checkbox", name="Cart").uncheck()
    await expect(note).to_have_text("On the cart page shoppers see no cards.")
    await ana.app.get_by_label("Page", exact=True).select_option("Product")
    await expect(note).to_be_hidden()
    await ana.app.get_by_label("Pause all cards").check()
    await expect(note).to_have_text("All cards are paused: shoppers see none.")
    await expect(card(ana)).to_have_count(0)


async def test_preview_speaks_every_language(ana: Window) -> None:
    await expect(card(ana)).to_be_visible()
    await ana.app.get_by_label("Language", exact=True).select_option("French")
    await expect(card(ana)).to_contain_text("Quelqu")
    await ana.app.get_by_label("Language", exact=True).select_option("Arabic")
    await expect(card(ana)).to_contain_text("اشترى")
    await ana.page.go_back()  # a language is no place in the history
    await expect(ana.heading).to_have_text("Earshot")


async def test_drafts_of_one_are_never_seen_by_another(admin: Admin, ana: Window) -> None:
    ben = await opens(admin, staff="ben")
    tab = await opens(admin)
    await expect(card(ben)).to_have_css("border-radius", "16px")
    await ana.app.get_by_label("Corner radius").fill("2")
    await expect(card(ana)).to_have_css("border-radius", "2px")
    await ana.page.wait_for_timeout(300)
    for other in (ben, tab):
        await expect(card(other)).to_have_css("border-radius", "16px")


async def test_preview_asks_nobody_and_keeps_nothing(ana: Window) -> None:
    asked: list[Request] = []
    ana.page.on("request", lambda request: asked.append(request))
    await expect(card(ana)).to_be_visible()
    picture = await card(ana).locator("img").get_attribute("src") or ""
    await ana.app.get_by_label("Corner radius").fill("2")
    await expect(card(ana)).to_have_css("border-radius", "2px")
    await ana.page.wait_for_timeout(1_500)
    paths = {urlsplit(each.url).path for each in asked if each.frame == frame(ana)}
    assert paths <= {urlsplit(picture).path}
    kept = "Object.keys({...localStorage, ...sessionStorage})"
    assert all(name.startswith("app-bridge") for name in await frame(ana).evaluate(kept))


async def test_preview_goes_on_after_the_app_was_away(ana: Window) -> None:
    ana.complaints.expect("503")
    troubles = [503, 503]

    async def fail(route: Route) -> None:
        if troubles:
            await route.fulfill(status=troubles.pop(), body="{}")
        else:
            await route.continue_()

    await ana.page.route("**/settings/draft", fail)
    await ana.app.get_by_label("Corner radius").fill("2")
    await expect(ana.app.get_by_text("Reconnecting")).to_be_visible()
    await expect(card(ana)).to_have_css("border-radius", "2px", timeout=8_000)
    await expect(ana.app.get_by_text("Follows every change")).to_be_visible()


async def test_preview_is_at_hand_on_a_phone_and_the_form_stays(admin: Admin) -> None:
    ana = await opens(admin, width=360)
    toggle = ana.app.get_by_role("button", name="Preview", exact=True)
    await expect(card(ana)).to_be_hidden()
    await toggle.click()
    await expect(toggle).to_have_attribute("aria-expanded", "true")
    await expect(card(ana)).to_be_visible()
    radius = ana.app.get_by_label("Corner radius")
    await radius.focus()
    assert await radius.evaluate(
        "field => field.getBoundingClientRect().bottom"
        " <= document.querySelector('.preview__sheet').getBoundingClientRect().top"
    )
    await radius.fill("2")
    await expect(card(ana)).to_have_css("border-radius", "2px")
    assert await ana.violations() == []
    await toggle.click()
    await expect(card(ana)).to_be_hidden()


async def test_test_card_is_not_followed_by_a_draft_that_would_replace_it(ana: Window) -> None:
    await expect(card(ana)).to_be_visible()
    asked: list[str] = []
    ana.page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    await ana.app.get_by_role("button", name="Send a test card").click()
    await expect(ana.app.get_by_text("On its way")).to_be_visible()
    await ana.page.wait_for_timeout(100)  # a draft would have been sent
    assert "test-cards" in asked
    assert "draft" not in asked


async def test_test_card_that_waits_says_where(ana: Window) -> None:
    await expect(card(ana)).to_be_visible()
    await ana.app.get_by_role("button", name="Send a test card").click()
    await expect(ana.app.get_by_text("On its way")).to_be_visible()
    await expect(ana.app.locator("#test-card")).to_contain_text(
        "safe in the inbox and waits there", timeout=9_000
    )
