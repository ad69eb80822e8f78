"""A merchant decides what shoppers hear, and sees it while she types."""

import pytest
from playwright.async_api import Locator, expect

from app.domain.kinds import BY_NAME
from tests.admin.framed import Admin, Window
from tests.cast import ALBA


@pytest.fixture
async def ana(admin: Admin) -> Window:
    ana = await admin.window()
    await ana.opens("/rules", "Rules")
    return ana


async def goes_into(window: Window, title: str) -> None:
    await window.app.get_by_role("link", name=title, exact=True).click()
    await expect(window.heading).to_have_text(title)
    await expect(window.app.get_by_text("Follows every change")).to_be_attached()


def card(window: Window) -> Locator:
    return window.app.frame_locator("#preview iframe").locator("earshot-card .card")


async def saves(window: Window) -> None:
    await window.save_bar.get_by_role("button", name="Save").click()


async def sells(admin: Admin, *titles: str) -> None:
    async with admin.doors.data.tenant(ALBA) as connection:
        for number, title in enumerate(titles, 1):
            await connection.execute(
                "INSERT INTO products (shop, id, title, handle, published, vendor, product_type,"
                " tags, updated_at, told_at, has_all_variants)"
                " VALUES ($1, $2, $3, $3, true, 'Alba', '', '{}', now(), now(), true)",
                ALBA,
                number,
                title,
            )


async def test_a_rule_is_switched_on_where_it_is_listed(ana: Window) -> None:
    row = ana.app.get_by_role("row", name="Low stock")
    await row.get_by_role("button", name="Turn on Low stock").click()
    await expect(ana.toasts).to_contain_text("Low stock is on")
    await expect(row).to_contain_text("On")
    await expect(row.get_by_role("button", name="Turn off Low stock")).to_be_focused()


async def test_the_preview_says_her_words_while_she_types_them(ana: Window) -> None:
    await goes_into(ana, "Recent order")
    await expect(card(ana)).to_contain_text("Someone bought Your product")
    words = ana.app.get_by_label("English", exact=True)
    await words.press_sequentially("Sold: {product}!")
    await expect(card(ana)).to_contain_text("Sold: Your product!")
    await expect(ana.app.locator("[data-example]")).to_have_text("Sold: Your product!")
    await words.fill("{nobody} bought")
    await expect(words).to_have_attribute("aria-invalid", "true")
    await expect(card(ana)).to_contain_text("Sold: Your product!")
    await words.fill("Gone: {product}")
    await saves(ana)
    await expect(ana.toasts).to_contain_text("Rule saved")
    await expect(ana.save_bar).to_be_hidden()
    await ana.opens("/rules", "Rules")
    await expect(ana.app.get_by_role("row", name="Recent order")).to_contain_text("Gone:")


@pytest.mark.parametrize("kind", ["order-count", "announcement"])
async def test_every_kind_has_a_preview_though_it_is_switched_off(ana: Window, kind: str) -> None:
    await goes_into(ana, BY_NAME[kind].title)
    words = ana.app.get_by_label("English", exact=True)
    await words.fill("Nur heute")
    await expect(card(ana)).to_contain_text("Nur heute")


async def test_products_are_searched_and_stay_chosen(admin: Admin, ana: Window) -> None:
    await sells(admin, "Alba mug", "Alba bowl", "Candle")
    await goes_into(ana, "Recent order")
    choices = ana.app.locator("#field-filters-only-products-choices")
    search = ana.app.get_by_label("Search products", exact=True)
    await search.fill("alba")
    await choices.get_by_role("checkbox", name="Alba mug").check(force=True)
    await search.fill("can")
    await choices.get_by_role("checkbox", name="Candle").check(force=True)
    await expect(choices.get_by_role("checkbox", checked=True)).to_have_count(2)
    await search.press("Enter")  # no reason to save
    await saves(ana)
    await expect(ana.toasts).to_contain_text("Rule saved")
    await expect(choices.get_by_role("checkbox", checked=True)).to_have_count(2)
    await ana.opens("/rules", "Rules")
    await expect(ana.app.get_by_role("row", name="Recent order")).to_contain_text("only 2 products")


async def test_what_she_cannot_save_comes_back_as_typed(ana: Window) -> None:
    ana.complaints.expect("422")
    await goes_into(ana, "Order count")
    least = ana.app.get_by_label("Told from")
    await least.fill("many")
    await saves(ana)
    await expect(ana.app.get_by_role("alert").filter(visible=True)).to_contain_text(
        "There is one problem"
    )
    await expect(least).to_be_focused()
    await expect(least).to_have_value("many")
    await expect(ana.save_bar).to_be_visible()


async def test_two_who_save_one_rule_are_shown_both(admin: Admin, ana: Window) -> None:
    ana.complaints.expect("409")
    ben = await admin.window(staff="ben")
    await ben.opens("/rules", "Rules")
    for window, days in ((ben, "9"), (ana, "3")):
        await goes_into(window, "Recent order")
        await window.app.get_by_label("Not older than").fill(days)
    await saves(ben)
    await expect(ben.toasts).to_contain_text("Rule saved")
    await saves(ana)
    conflict = ana.app.locator("#rule-conflict")
    await expect(conflict).to_contain_text("saved this rule meanwhile")
    await conflict.get_by_role("button", name="Keep mine").click()
    await expect(ana.toasts).to_contain_text("Rule saved")
    await expect(ana.app.get_by_label("Not older than")).to_have_value("3")


async def test_a_rule_of_her_own_is_added_and_removed(ana: Window) -> None:
    await ana.app.get_by_role("button", name="Add rule").click()
    dialog = ana.app.get_by_role("dialog")
    await dialog.get_by_label("Kind of news").select_option("Review")
    await dialog.get_by_role("button", name="Add rule").click()
    await expect(ana.app.get_by_role("row", name="Review")).to_have_count(2)
    await ana.app.get_by_role("link", name="Review", exact=True).last.click()
    await ana.app.get_by_role("button", name="Remove", exact=True).click()
    await ana.app.get_by_role("dialog").get_by_role("button", name="Remove rule").click()
    await expect(ana.heading).to_have_text("Rules")
    await expect(ana.app.get_by_role("row", name="Review")).to_have_count(1)


async def test_an_announcement_is_published_after_it_is_written(ana: Window) -> None:
    ana.complaints.expect("422")
    await goes_into(ana, "Announcement")
    publish = ana.app.get_by_role("button", name="Publish now")
    await publish.click()
    await expect(ana.app.get_by_text("Nothing was published")).to_be_visible()
    await ana.app.get_by_label("Tell shoppers").check()
    await ana.app.get_by_label("English", exact=True).fill("Free workshop on Sunday")
    await saves(ana)
    await expect(ana.toasts).to_contain_text("Rule saved")
    await publish.click()
    await expect(ana.toasts).to_contain_text("Announcement published")


async def test_a_rule_is_played_before_it_is_saved(admin: Admin, ana: Window) -> None:
    await goes_into(ana, "Recent order")
    await ana.app.get_by_label("Not older than").fill("9")
    await ana.app.get_by_role("button", name="Play the last 7 days").click()
    played = ana.app.locator("#rehearsal")
    await expect(played).to_contain_text("The last 7 days, by this rule")
    await expect(played).to_contain_text("0 notifications, of 0 events.")
    await expect(ana.save_bar).to_be_visible()
    assert await ana.violations() == []


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("dark", [False, True])
async def test_rules_are_accessible(admin: Admin, width: int, *, dark: bool) -> None:
    window = await admin.window(width=width, dark=dark)
    await window.opens("/rules", "Rules")
    assert await window.violations() == []
    await goes_into(window, "Recent order")
    assert await window.violations() == []
    for more in await window.app.locator("details.more").all():
        await more.locator("summary").click()
    assert await window.violations() == []
    assert await window.unrest() == []
