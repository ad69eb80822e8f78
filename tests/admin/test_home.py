"""A merchant sees at a glance whether her shop is live, and is led there step by step."""

import re

import pytest
from playwright.async_api import Page, expect

from app.live.liveness import STREAM
from tests.admin.framed import Admin, Window
from tests.cast import ALBA
from tests.data.tellings import a_notification, tell


@pytest.fixture
async def ana(admin: Admin) -> Window:
    """At home for the first time, with Earshot still off in her theme."""
    await admin.doors.live.liveness.beat(STREAM)
    admin.stand_in.world.shop(ALBA).embed_active = False
    ana = await admin.window()
    await ana.opens("/", "Earshot")
    await expect(ana.app.locator("#standing")).to_contain_text("Off in your theme")
    return ana


async def turns_it_on(ana: Window) -> None:
    """By the guide's own button, in the theme editor that it opens."""
    async with ana.page.expect_popup() as opened:
        await ana.app.get_by_role("link", name=re.compile("^Open theme editor")).click()
    editor: Page = await opened.value
    await expect(editor.get_by_role("switch", name="Earshot")).to_be_checked()
    await editor.get_by_role("button", name="Save").click()
    await expect(editor.get_by_role("status")).to_have_text("Saved")
    await editor.close()
    # A browser without a screen shows all of its pages at all times.
    await ana.frame.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


async def test_turning_it_on_in_the_theme_ticks_the_step_off(ana: Window) -> None:
    await expect(ana.app.locator("#setup-guide")).to_contain_text("0 of 3 done")
    await turns_it_on(ana)
    await expect(ana.app.locator("#standing")).to_contain_text("On in your theme")
    await expect(ana.app.locator("#standing [role=status]")).to_have_text("Live")
    await expect(ana.app.locator("#setup-guide")).to_contain_text("1 of 3 done")
    await expect(ana.app.locator("details[open]")).to_contain_text("Choose what cards look like")


async def test_guide_leads_to_settings_and_knows_what_was_done_there(ana: Window) -> None:
    await ana.app.get_by_text("Choose what cards look like").click()
    await ana.app.get_by_role("link", name="Choose the look").click()
    await expect(ana.heading).to_have_text("Settings")
    await ana.app.get_by_role("radio", name="Large").check()
    await ana.save_bar.get_by_role("button", name="Save").click()
    await expect(ana.toasts).to_contain_text("Settings saved")
    await ana.page.get_by_role("link", name="Earshot").click()
    await expect(ana.heading).to_have_text("Earshot")
    await expect(ana.app.locator("#setup-guide")).to_contain_text("1 of 3 done")


async def test_guide_is_put_away_and_brought_back_by_keyboard(ana: Window) -> None:
    away = ana.app.get_by_role("button", name="Hide setup guide")
    await away.focus()
    await ana.page.keyboard.press("Enter")
    await expect(ana.toasts).to_contain_text("Setup guide hidden")
    back = ana.app.get_by_role("button", name="Show setup guide")
    await expect(back).to_be_focused()
    await ana.opens("/", "Earshot")
    await expect(away).to_have_count(0)
    await back.focus()
    await ana.page.keyboard.press("Enter")
    await expect(away).to_be_focused()


async def test_standing_keeps_itself_true_and_the_focus_where_it_is(
    admin: Admin, ana: Window
) -> None:
    await tell(admin.doors, a_notification(1, title="Tall vase"))
    guide = ana.app.locator("#setup-guide")
    await expect(guide).to_contain_text("1 of 3 done", timeout=15_000)
    await expect(ana.app.locator("#standing")).to_contain_text("Tall vase")
    await ana.app.get_by_text("Choose what cards look like").click()
    link = ana.app.get_by_role("link", name=re.compile("^Turn on in theme editor"))
    await link.focus()
    await tell(admin.doors, a_notification(2, title="Wide vase"))
    await expect(ana.app.locator("#standing")).to_contain_text("Wide vase", timeout=15_000)
    await expect(link).to_be_focused()
    # The guide says what it said, so it stays as she has it.
    await expect(ana.app.get_by_role("link", name="Choose the look")).to_be_visible()


async def test_standing_that_cannot_be_asked_for_disturbs_nobody(ana: Window) -> None:
    ana.complaints.expect("503")
    await ana.page.route("**/standing?*", lambda route: route.fulfill(status=503))
    async with ana.page.expect_response("**/standing?*", timeout=15_000):
        pass
    await expect(ana.app.get_by_role("alert")).to_be_empty()
    await expect(ana.app.locator("#standing")).to_contain_text("Off in your theme")


async def test_other_shop_has_its_own_home(admin: Admin, ana: Window) -> None:
    await tell(admin.doors, a_notification(1, title="Tall vase"))
    maja = await admin.window(shop="borealis.myshopify.com")
    await maja.opens("/", "Earshot")
    await expect(maja.app.get_by_text("No notifications yet")).to_be_visible()
    await expect(maja.app.get_by_text("Tall vase")).to_have_count(0)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
async def test_home_is_accessible(admin: Admin, width: int, dark: bool) -> None:
    ana = await admin.window(width=width, dark=dark)
    await ana.opens("/", "Earshot")
    assert await ana.violations() == []
    await ana.page.wait_for_timeout(500)  # by then the theme's state is told
    await ana.opens("/", "Earshot")
    await ana.page.wait_for_timeout(500)
    assert await ana.unrest() == []
    titles = ["x" * 500, "כוס קרמיקה", "Mug 🏺", "<b>bold</b>"]
    told = [a_notification(number, title=title) for number, title in enumerate(titles, 1)]
    await tell(admin.doors, *told)
    await ana.opens("/", "Earshot")
    await expect(ana.app.locator("#notifications > li")).to_have_count(4)
    assert await ana.violations() == []
    assert await ana.frame.evaluate("document.documentElement.scrollWidth") <= width
