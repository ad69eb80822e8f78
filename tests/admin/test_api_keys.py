"""A merchant hands out keys to programs, and takes them back."""

import re

import pytest
from playwright.async_api import Locator, Route, expect

from tests.admin.framed import Admin, Window


@pytest.fixture
async def ana(admin: Admin) -> Window:
    ana = await admin.window()
    await ana.opens("/api-keys", "API keys")
    return ana


def dialog(window: Window) -> Locator:
    return window.app.get_by_role("dialog")


async def creates(window: Window, name: str) -> Locator:
    """The card that shows the new key."""
    await window.app.get_by_role("button", name="Create key").click()
    await dialog(window).get_by_label("Name").fill(name)
    await dialog(window).get_by_role("button", name="Create key").click()
    card = window.app.get_by_role("region", name=f"Copy the key “{name}” now")
    await expect(card).to_be_visible()
    return card


async def pasted(window: Window) -> str:
    """What the clipboard holds, as a field takes it."""
    await window.app.get_by_role("button", name="Create key").click()
    field = dialog(window).get_by_label("Name")
    await field.press("ControlOrMeta+V")
    text = await field.input_value()
    await dialog(window).get_by_role("button", name="Cancel").click()
    return text


async def test_key_is_shown_once_and_copied_whole(ana: Window) -> None:
    card = await creates(ana, "Till in Lyon")
    await expect(dialog(ana)).to_be_hidden()
    await expect(card.get_by_role("heading")).to_be_focused()
    token = await card.get_by_label("API key").input_value()
    assert token.startswith("earshot_")
    await card.get_by_role("button", name="Copy").click()
    await expect(ana.toasts).to_contain_text("Copied")
    assert await pasted(ana) == token
    await card.get_by_role("button", name="I have copied it").click()
    await expect(card).to_have_count(0)
    await expect(ana.heading).to_be_focused()
    await expect(ana.app.get_by_role("row", name="Till in Lyon")).to_contain_text("Ana Moreau")
    await ana.opens("/api-keys", "API keys")
    await expect(ana.app.get_by_role("row", name="Till in Lyon")).to_be_visible()
    assert token not in await ana.frame.content()


async def test_key_is_copied_where_the_admin_gives_no_permission(ana: Window) -> None:
    refuse = "() => { navigator.clipboard.writeText = () => Promise.reject(new Error()) }"
    await ana.frame.evaluate(refuse)
    card = await creates(ana, "till")
    token = await card.get_by_label("API key").input_value()
    await card.get_by_role("button", name="Copy").click()
    await expect(ana.toasts).to_contain_text("Copied")
    assert await pasted(ana) == token


async def test_name_that_is_none_is_mended_in_place(ana: Window) -> None:
    ana.complaints.expect("422")
    await ana.app.get_by_role("button", name="Create key").click()
    name = dialog(ana).get_by_label("Name")
    await expect(name).to_be_focused()
    await name.press("Enter")
    await expect(name).to_have_attribute("aria-invalid", "true")
    await expect(name).to_be_focused()
    await expect(name).to_have_accessible_description(re.compile("readable characters"))
    assert await ana.violations() == []
    await name.fill("till")
    await name.press("Enter")
    await expect(ana.app.get_by_role("region", name="Copy the key “till” now")).to_be_visible()
    await expect(dialog(ana)).to_be_hidden()


async def test_dialog_is_left_by_escape_and_the_way_it_came(ana: Window) -> None:
    opener = ana.app.get_by_role("button", name="Create key")
    await opener.focus()
    await ana.page.keyboard.press("Enter")
    await expect(dialog(ana)).to_be_visible()
    await ana.page.keyboard.press("Escape")
    await expect(dialog(ana)).to_be_hidden()
    await expect(opener).to_be_focused()
    for way in ("Close", "Cancel"):
        await opener.click()
        await dialog(ana).get_by_role("button", name=way).click()
        await expect(dialog(ana)).to_be_hidden()
    await opener.click()
    await ana.page.mouse.click(400, 800)  # beside it
    await expect(dialog(ana)).to_be_hidden()


@pytest.mark.parametrize("trouble", [503, "away"])
async def test_key_that_could_not_be_made_can_be_tried_again(
    ana: Window, trouble: int | str
) -> None:
    ana.complaints.expect(str(trouble))
    ana.complaints.expect_cut_connection()
    troubles = [trouble]

    async def fail(route: Route) -> None:
        if route.request.method != "POST" or not troubles:
            await route.continue_()
        elif isinstance(found := troubles.pop(), int):
            await route.fulfill(status=found, body="<h1>Bad gateway</h1>")
        else:
            await route.abort()

    await ana.page.route("**/api-keys", fail)
    await ana.app.get_by_role("button", name="Create key").click()
    await dialog(ana).get_by_label("Name").fill("till")
    await dialog(ana).get_by_role("button", name="Create key").click()
    alert = ana.app.get_by_role("alert")
    await expect(alert).to_contain_text("Nothing you typed is lost.")
    await expect(dialog(ana)).to_be_hidden()
    await alert.get_by_role("button", name="Try again").click()
    await expect(ana.app.get_by_role("region", name="Copy the key “till” now")).to_be_visible()
    await expect(alert).to_be_empty()


async def test_two_presses_make_one_key(ana: Window) -> None:
    async def hold(route: Route) -> None:
        await ana.page.wait_for_timeout(300)
        await route.continue_()

    await ana.page.route("**/api-keys", hold)
    await ana.app.get_by_role("button", name="Create key").click()
    await dialog(ana).get_by_label("Name").fill("till")
    await dialog(ana).get_by_role("button", name="Create key").dblclick()
    await expect(ana.app.get_by_role("region", name="Copy the key “till” now")).to_be_visible()
    await ana.page.wait_for_timeout(500)
    await expect(ana.app.get_by_role("row", name="till")).to_have_count(1)


async def test_key_is_revoked_only_by_who_means_it(ana: Window) -> None:
    for name in ("till", "dashboard"):
        await creates(ana, name)
    row = ana.app.get_by_role("row", name="till")
    revoke = row.get_by_role("button", name="Revoke till")
    await revoke.click()
    await expect(dialog(ana)).to_contain_text("Programs that use it stop working")
    await dialog(ana).get_by_role("button", name="Cancel").click()
    await expect(revoke).to_be_focused()
    await revoke.click()
    await dialog(ana).get_by_role("button", name="Revoke key").click()
    await expect(ana.toasts).to_contain_text("Key “till” revoked")
    await expect(ana.app.get_by_role("heading", name="Keys in use")).to_be_focused()
    await expect(ana.app.get_by_role("table", name="Keys in use").get_by_role("row")).to_have_count(
        2
    )
    await expect(ana.app.get_by_role("table", name="Revoked keys")).to_contain_text("till")


async def test_key_that_somebody_else_revoked_first_is_no_trouble(
    admin: Admin, ana: Window
) -> None:
    await creates(ana, "till")
    ben = await admin.window(staff="ben")
    await ben.opens("/api-keys", "API keys")
    for window in (ana, ben):
        await window.app.get_by_role("button", name="Revoke till").click()
        await dialog(window).get_by_role("button", name="Revoke key").click()
        await expect(window.app.get_by_text("No API keys in use")).to_be_visible()


async def test_description_of_the_api_opens_in_a_tab_of_its_own(ana: Window) -> None:
    async with ana.page.expect_popup() as opened:
        await ana.app.get_by_role("link", name="API description").click()
    tab = await opened.value
    await tab.wait_for_load_state()
    assert '"openapi"' in await tab.content()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
async def test_page_is_accessible_and_stands_still(admin: Admin, width: int, dark: bool) -> None:
    ana = await admin.window(width=width, dark=dark)
    await ana.opens("/api-keys", "API keys")
    assert await ana.violations() == []
    assert await ana.unrest() == []
    await ana.app.get_by_role("button", name="Create key").click()
    assert await ana.violations() == []
    await dialog(ana).get_by_role("button", name="Cancel").click()
    await creates(ana, "ض" * 40 + "W" * 40)
    assert await ana.violations() == []
    assert await ana.frame.evaluate("document.documentElement.scrollWidth") <= width
    await ana.app.get_by_role("button", name="Revoke").click()
    assert await ana.violations() == []
    await dialog(ana).get_by_role("button", name="Revoke key").click()
    await expect(ana.app.get_by_role("table", name="Revoked keys")).to_be_visible()
    assert await ana.violations() == []
    await ana.opens("/api-keys", "API keys")
    assert await ana.frame.evaluate("document.documentElement.scrollWidth") <= width
    assert await ana.unrest() == []
