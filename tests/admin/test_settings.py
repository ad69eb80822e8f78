"""A merchant sets up her shop's cards, and shares the shop with others who do the same."""

import pytest
from playwright.async_api import expect

from tests.admin.framed import Admin, Window


@pytest.fixture
async def ana(admin: Admin) -> Window:
    ana = await admin.window()
    await ana.opens("/", "Earshot")
    await ana.goes_to("Settings")
    return ana


@pytest.fixture
async def ben(admin: Admin, ana: Window) -> Window:
    """He has the same page open at the same time."""
    ben = await admin.window(staff="ben")
    ben.complaints.expect("409")
    await ben.opens("/settings", "Settings")
    return ben


async def saves(window: Window) -> None:
    await window.save_bar.get_by_role("button", name="Save").click()
    await expect(window.toasts).to_contain_text("Settings saved")
    await expect(window.save_bar).to_be_hidden()


async def test_every_setting_is_saved_and_stays(ana: Window) -> None:
    app = ana.app
    await app.get_by_role("radio", name="Your colours").check()
    await app.get_by_label("Background", exact=True).fill("#102030")
    await app.get_by_label("Text", exact=True).fill("#ffffff")
    await app.get_by_label("Accent", exact=True).fill("#ffd34d")
    await app.get_by_role("radio", name="Large").check()
    await app.get_by_label("Corner radius").fill("4")
    await app.get_by_role("radio", name="Round").check()
    await app.get_by_label("First card after").fill("10")
    await app.get_by_label("No cards during some hours of the day").check()
    await app.get_by_label("From", exact=True).fill("21:00")
    await app.get_by_role("checkbox", name="Cart").uncheck()
    await app.get_by_label("Never on these addresses").fill("/pages/careers\n/pages/legal/*")
    await app.get_by_label("The first name").check()
    await app.get_by_label("I have approval for this data").check()
    await app.get_by_role("checkbox", name="Japanese").uncheck()
    await app.get_by_label("For all other shoppers").select_option("No cards")
    await saves(ana)
    await ana.opens("/settings", "Settings")
    await expect(app.get_by_role("radio", name="Your colours")).to_be_checked()
    await expect(app.get_by_label("Background", exact=True)).to_have_value("#102030")
    await expect(app.get_by_label("Background: pick a colour")).to_have_value("#102030")
    await expect(app.get_by_label("Corner radius")).to_have_value("4")
    await expect(app.get_by_label("From", exact=True)).to_have_value("21:00")
    await expect(app.get_by_role("checkbox", name="Cart")).not_to_be_checked()
    never = app.get_by_label("Never on these addresses")
    await expect(never).to_have_value("/pages/careers\n/pages/legal/*")
    await expect(app.get_by_label("The first name")).to_be_checked()
    await expect(app.get_by_label("For all other shoppers")).to_have_value("")


async def test_what_is_of_no_use_is_not_shown(ana: Window) -> None:
    app = ana.app
    await expect(app.get_by_label("Accent", exact=True)).to_be_hidden()
    await expect(app.get_by_label("From", exact=True)).to_be_hidden()
    await expect(app.get_by_label("I have approval for this data")).to_be_hidden()
    await app.get_by_label("The town").check()
    await expect(app.get_by_label("I have approval for this data")).to_be_visible()
    await expect(app.get_by_label("Name a town from")).to_be_visible()


async def test_problems_are_said_beside_their_fields_all_at_once(ana: Window) -> None:
    ana.complaints.expect("422")
    app = ana.app
    await app.get_by_label("Pause between two").fill("a while")
    await app.get_by_label("The first name").check()
    await ana.save_bar.get_by_role("button", name="Save").click()
    await expect(app.get_by_role("heading", name="There are 2 problems")).to_be_visible()
    gap = app.get_by_label("Pause between two")
    await expect(gap).to_be_focused()
    await expect(gap).to_have_accessible_description("Enter a whole number from 0 to 3600.")
    await gap.fill("25")
    await app.get_by_label("I have approval for this data").check()
    await saves(ana)
    await expect(app.get_by_text("There are 2 problems")).to_be_hidden()


async def test_hers_and_his_are_shown_side_by_side(ana: Window, ben: Window) -> None:
    await ana.app.get_by_label("Pause between two").fill("30")
    await saves(ana)
    await ben.app.get_by_label("Pause between two").fill("45")
    await ben.save_bar.get_by_role("button", name="Save").click()
    conflict = ben.app.locator("#settings-conflict")
    await expect(conflict).to_contain_text("saved other settings meanwhile")
    await expect(conflict.get_by_role("row", name="Pause between two")).to_contain_text(
        "30 seconds45 seconds"
    )
    await expect(conflict.get_by_role("heading")).to_be_focused()
    await expect(ben.app.get_by_label("Pause between two")).to_have_value("45")
    await expect(ben.save_bar).to_be_visible()
    assert await ben.violations() == []


async def test_he_may_keep_his(ana: Window, ben: Window) -> None:
    await ana.app.get_by_label("Pause between two").fill("30")
    await saves(ana)
    await ben.app.get_by_label("Pause between two").fill("45")
    await ben.save_bar.get_by_role("button", name="Save").click()
    await ben.app.get_by_role("button", name="Keep mine").click()
    await expect(ben.toasts).to_contain_text("Settings saved")
    await expect(ben.save_bar).to_be_hidden()
    await expect(ben.app.get_by_label("Pause between two")).to_have_value("45")
    await expect(ben.app.locator("#settings-conflict")).to_have_count(0)


async def test_he_may_take_hers(ana: Window, ben: Window) -> None:
    await ana.app.get_by_label("Pause between two").fill("30")
    await saves(ana)
    await ben.app.get_by_label("Pause between two").fill("45")
    await ben.save_bar.get_by_role("button", name="Save").click()
    await ben.app.get_by_role("button", name="Take theirs").click()
    await expect(ben.app.get_by_label("Pause between two")).to_have_value("30")
    await expect(ben.save_bar).to_be_hidden()
    await expect(ben.app.locator("#settings-conflict")).to_have_count(0)


async def test_he_may_go_on_editing_and_is_told_again(ana: Window, ben: Window) -> None:
    await ana.app.get_by_label("Pause between two").fill("30")
    await saves(ana)
    await ben.app.get_by_label("Pause between two").fill("45")
    await ben.save_bar.get_by_role("button", name="Save").click()
    await ben.app.get_by_role("button", name="Go on editing").click()
    conflict = ben.app.locator("#settings-conflict")
    await expect(conflict).to_have_count(0)
    await ben.app.get_by_label("Most per page").fill("2")
    await ben.save_bar.get_by_role("button", name="Save").click()
    await expect(conflict).to_contain_text("Most per page")
    await expect(ben.app.get_by_label("Pause between two")).to_have_value("45")


async def test_earlier_version_comes_back_with_one_click(ana: Window) -> None:
    for gap in ("30", "45"):
        await ana.app.get_by_label("Pause between two").fill(gap)
        await saves(ana)
    await ana.app.get_by_role("link", name="Version history").click()
    await expect(ana.heading).to_have_text("Version history")
    await ana.app.get_by_role("button", name="Restore version 1").click()
    await expect(ana.toasts).to_contain_text("Version 1 restored")
    first = ana.app.locator(".version").first
    await expect(first).to_contain_text("Restores version 1")
    await expect(first).to_contain_text("45 seconds → 30 seconds")
    await ana.app.get_by_role("link", name="Back to Settings").click()
    await expect(ana.app.get_by_label("Pause between two")).to_have_value("30")


async def test_everything_can_be_done_by_keyboard(ana: Window) -> None:
    await expect(ana.heading).to_be_focused()
    for _ in range(2):
        await ana.page.keyboard.press("Tab")
    await expect(ana.app.get_by_label("Pause all cards")).to_be_focused()
    await ana.page.keyboard.press("Space")
    await ana.page.keyboard.press("Tab")
    await ana.page.keyboard.press("ArrowRight")
    await expect(ana.app.get_by_role("radio", name="Dark")).to_be_checked()
    await saves(ana)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
async def test_pages_are_accessible(admin: Admin, width: int, dark: bool) -> None:
    ana = await admin.window(width=width, dark=dark)
    await ana.opens("/", "Earshot")
    await ana.opens("/settings", "Settings")
    await ana.app.get_by_role("radio", name="Your colours").check()
    await ana.app.get_by_label("No cards during some hours of the day").check()
    await ana.app.get_by_label("The first name").check()
    await ana.app.get_by_label("I have approval for this data").check()
    assert await ana.violations() == []
    assert await ana.frame.evaluate("document.documentElement.scrollWidth") <= width
    await saves(ana)
    await ana.opens("/settings/versions", "Version history")
    assert await ana.violations() == []
    assert await ana.frame.evaluate("document.documentElement.scrollWidth") <= width
