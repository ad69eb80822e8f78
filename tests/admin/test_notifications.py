"""A merchant looks back at what shoppers were told, while more is told."""

import re
from dataclasses import replace

import pytest
from playwright.async_api import Browser, Locator, Route, expect

from app.config import Settings
from tests.admin import framed
from tests.admin.framed import Admin, Window
from tests.admin.telling import tell
from tests.admin.test_outages import own_redis as own_redis
from tests.admin.test_outages import without_postgres
from tests.cast import BOREALIS
from tests.data.tellings import a_notification, install
from tests.live.redis_processes import RedisProcess


@pytest.fixture
async def ana(admin: Admin) -> Window:
    """Her shop has told of thirty products."""
    ana = await admin.window()
    await ana.opens("/", "Earshot")
    await tell(admin, *(a_notification(number) for number in range(1, 31)))
    await ana.goes_to("Notifications")
    return ana


def rows(window: Window) -> Locator:
    return window.app.locator("#notification-list tbody tr")


def row(window: Window, title: str) -> Locator:
    return rows(window).filter(has_text=re.compile(rf"{title}(?!\d)"))


def search(window: Window) -> Locator:
    return window.app.get_by_role("searchbox", name="Search by product")


def dialog(window: Window) -> Locator:
    return window.app.get_by_role("dialog", name="Retract this notification?")


async def test_whoever_types_sees_at_once_what_is_found(ana: Window) -> None:
    await ana.frame.evaluate("window.entries = history.length")
    await search(ana).press_sequentially("uct 12")
    await expect(rows(ana)).to_have_count(1)
    await expect(rows(ana)).to_contain_text("Product 12")
    await expect(search(ana)).to_be_focused()
    await expect(search(ana)).to_have_value("uct 12")
    await expect(ana.page).to_have_url(re.compile(r"/notifications\?q=uct\+12$"))
    assert await ana.frame.evaluate("history.length === window.entries")
    await search(ana).fill("")
    await expect(rows(ana)).to_have_count(25)
    await expect(ana.page).to_have_url(re.compile(r"/notifications$"))


async def test_view_keeps_what_is_searched(ana: Window) -> None:
    await search(ana).fill("uct 12")
    await expect(rows(ana)).to_have_count(1)
    await ana.app.get_by_role("link", name="Retracted").click()
    await expect(ana.app.get_by_text("No notifications found")).to_be_visible()
    await expect(search(ana)).to_have_value("uct 12")
    await ana.app.get_by_role("link", name="Published").click()
    await expect(rows(ana)).to_have_count(1)


async def test_way_back_undoes_each_choice(ana: Window) -> None:
    await ana.app.locator("#pill-product").click()
    await ana.app.get_by_label("Product", exact=True).select_option("Product 12")
    await expect(rows(ana)).to_have_count(1)
    await expect(ana.app.locator("#pill-product")).to_be_focused()
    await ana.app.get_by_role("link", name="Retracted").click()
    await expect(rows(ana)).to_have_count(0)
    await ana.page.go_back()
    await expect(rows(ana)).to_contain_text(["Product 12"])
    await expect(ana.app.locator("#pill-product")).to_have_text("Product: Product 12")
    await ana.page.go_back()
    await expect(rows(ana)).to_have_count(25)
    await ana.page.go_forward()
    await expect(rows(ana)).to_have_count(1)
    await ana.app.get_by_role("link", name="Without Product: Product 12").click()
    await expect(rows(ana)).to_have_count(25)


async def test_address_with_a_filter_can_be_typed_in(ana: Window) -> None:
    await ana.opens("/notifications?q=product+12&state=published", "Notifications")
    await expect(rows(ana)).to_have_count(1)
    await expect(search(ana)).to_have_value("product 12")
    current = ana.app.get_by_role("navigation", name="Views").locator("[aria-current]")
    await expect(current).to_have_text("Published")


async def test_days_are_chosen_and_named(ana: Window) -> None:
    await ana.app.locator("#pill-date").press("Enter")
    await ana.app.get_by_label("From").fill("2026-11-21")
    await ana.app.get_by_label("To", exact=True).fill("2026-11-22")
    await ana.app.get_by_role("button", name="Apply").click()
    pill = ana.app.locator("#pill-date")
    await expect(pill).to_have_text("Date: 21 Nov 2026 – 22 Nov 2026")  # noqa: RUF001
    await expect(pill).to_be_focused()
    await expect(rows(ana)).to_have_count(25)
    await pill.click()
    await ana.app.get_by_role("link", name="Today").click()
    await expect(ana.heading).to_be_focused()
    await expect(ana.app.get_by_label("From")).to_be_hidden()
    await expect(ana.page).to_have_url(re.compile("since=.*&until="))


async def test_days_that_make_no_sense_are_told(ana: Window) -> None:
    await ana.app.locator("#pill-date").click()
    await ana.app.get_by_label("From").fill("2026-11-22")
    await ana.app.get_by_label("To", exact=True).fill("2026-11-21")
    await ana.app.get_by_role("button", name="Apply").click()
    said = "The last day comes before the first."
    await expect(ana.app.locator("#notification-list")).to_contain_text(said)
    await ana.app.locator("#pill-date").click()
    until = ana.app.get_by_label("To", exact=True)
    await expect(until).to_have_value("2026-11-21")
    await expect(until).to_have_accessible_description(said)
    assert await ana.violations() == []


async def test_pill_is_left_without_a_choice(ana: Window) -> None:
    pill, product = ana.app.locator("#pill-product"), ana.app.get_by_label("Product", exact=True)
    await pill.press("Enter")
    await expect(product).to_be_visible()
    await ana.page.keyboard.press("Escape")
    await expect(product).to_be_hidden()
    await expect(pill).to_be_focused()
    await pill.click()
    await ana.app.locator("#pill-date").click()
    await expect(product).to_be_hidden()
    await ana.app.locator("h1").click()
    await expect(ana.app.get_by_label("From")).to_be_hidden()


async def test_pages_stay_right_while_new_ones_come(admin: Admin, ana: Window) -> None:
    await expect(rows(ana).first).to_contain_text("Product 30")
    before, moves = await rows(ana).first.bounding_box(), await ana.moves()
    await tell(admin, a_notification(31), a_notification(32), a_notification(33))
    hint = ana.app.get_by_role("link", name="3 new")
    await expect(hint).to_be_visible()
    await expect(rows(ana).first).to_contain_text("Product 30")
    assert await rows(ana).first.bounding_box() == before
    assert await ana.moves() == moves
    await ana.app.get_by_role("link", name="Next").click()
    await expect(rows(ana)).to_contain_text([f"Product {number}" for number in range(5, 0, -1)])
    await tell(admin, a_notification(34))
    await expect(ana.app.get_by_role("link", name="1 new")).to_be_visible()
    for newest in ("Product 30", "Product 34"):
        await ana.app.get_by_role("link", name="Previous").click()
        await expect(rows(ana).first).to_contain_text(newest)
    await tell(admin, a_notification(35))
    await ana.app.get_by_role("link", name="1 new").click()
    await expect(rows(ana).first).to_contain_text("Product 35")
    await expect(hint).to_have_count(0)


async def test_first_one_ever_is_told_of(admin: Admin) -> None:
    ana = await admin.window()
    await ana.opens("/notifications", "Notifications")
    await expect(ana.app.get_by_text("No notifications yet")).to_be_visible()
    await tell(admin, a_notification(1))
    await ana.app.get_by_role("link", name="1 new").click()
    await expect(rows(ana)).to_have_count(1)


async def test_row_that_changes_keeps_its_place_and_what_is_focused(
    admin: Admin, ana: Window
) -> None:
    link = row(ana, "Product 28").get_by_role("link")
    await link.focus()
    gone = a_notification(28, revision=2, state="retracted", reason="order-cancelled")
    await tell(admin, gone)
    await expect(rows(ana).nth(2)).to_contain_text("Order cancelled")
    await expect(rows(ana).nth(2).get_by_role("button")).to_have_count(0)
    await expect(link).to_be_focused()
    query = await link.evaluate("link => new URL(link.href).search")
    assert "host=" in query  # as all links of the page have it
    await expect(ana.app.get_by_role("link", name="new")).to_have_count(0)


async def test_row_is_retracted_by_whoever_means_it(ana: Window) -> None:
    button = row(ana, "Product 28").get_by_role("button", name="Retract")
    await button.click()
    await expect(dialog(ana)).to_contain_text("Someone bought Product 28")
    await dialog(ana).get_by_role("button", name="Cancel").click()
    await expect(button).to_be_focused()
    await row(ana, "Product 27").get_by_role("button", name="Retract").click()
    await expect(dialog(ana)).to_contain_text("Someone bought Product 27")
    await dialog(ana).get_by_role("button", name="Retract").click()
    await expect(ana.toasts).to_contain_text("Notification retracted")
    await expect(dialog(ana)).to_be_hidden()
    await expect(row(ana, "Product 27")).to_contain_text("By hand")
    await expect(row(ana, "Product 27").get_by_role("link")).to_be_focused()
    await expect(row(ana, "Product 28")).to_contain_text("Published")


async def test_both_of_two_may_retract_the_same(admin: Admin, ana: Window) -> None:
    ben = await admin.window(staff="ben")
    await ben.opens("/notifications", "Notifications")
    for window in (ana, ben):
        await row(window, "Product 30").get_by_role("button", name="Retract").click()
        await expect(dialog(window)).to_be_visible()
    for window in (ana, ben):
        await dialog(window).get_by_role("button", name="Retract").click()
        await expect(window.toasts).to_contain_text("Notification retracted")
        await expect(row(window, "Product 30")).to_contain_text("By hand")


@pytest.mark.parametrize("trouble", [503, "away"])
async def test_retraction_that_fails_can_be_tried_again(ana: Window, trouble: int | str) -> None:
    ana.complaints.expect(str(trouble))
    ana.complaints.expect_cut_connection()
    troubles = [trouble]

    async def fail(route: Route) -> None:
        if not troubles:
            await route.continue_()
        elif isinstance(found := troubles.pop(), int):
            await route.fulfill(status=found, body="<h1>Bad gateway</h1>")
        else:
            await route.abort()

    await ana.page.route("**/retraction", fail)
    await row(ana, "Product 30").get_by_role("button", name="Retract").click()
    await dialog(ana).get_by_role("button", name="Retract").click()
    alert = ana.app.get_by_role("alert")
    await expect(alert).to_contain_text("That did not work")
    await expect(dialog(ana)).to_be_hidden()
    await expect(row(ana, "Product 30")).to_contain_text("Published")
    await alert.get_by_role("button", name="Try again").click()
    await expect(row(ana, "Product 30")).to_contain_text("By hand")
    await expect(alert).to_be_empty()


async def test_without_postgres_she_keeps_what_she_sees(admin: Admin, ana: Window) -> None:
    ana.complaints.expect("503")
    alert = ana.app.get_by_role("alert")
    async with without_postgres(admin, "notifications"):
        await search(ana).fill("product 12")
        await expect(alert).to_contain_text("cannot reach one of its services")
        await expect(rows(ana)).to_have_count(25)
    await alert.get_by_role("button", name="Try again").click()
    await expect(rows(ana)).to_have_count(1)
    await expect(alert).to_be_empty()


async def test_without_postgres_she_retracts_as_soon_as_it_is_back(
    admin: Admin, ana: Window
) -> None:
    ana.complaints.expect("503")
    alert = ana.app.get_by_role("alert")
    async with without_postgres(admin, "notifications"):
        await row(ana, "Product 30").get_by_role("button", name="Retract").click()
        await dialog(ana).get_by_role("button", name="Retract").click()
        await expect(alert).to_contain_text("cannot reach one of its services")
        await expect(row(ana, "Product 30")).to_contain_text("Published")
    await alert.get_by_role("button", name="Try again").click()
    await expect(row(ana, "Product 30")).to_contain_text("By hand")
    await expect(alert).to_be_empty()


async def test_page_that_cannot_be_opened_says_so(admin: Admin, ana: Window) -> None:
    ana.complaints.expect("503")
    async with without_postgres(admin, "notifications"):
        await ana.page.goto(ana.options.app_page(ana.shop, "/notifications?q=product+12"))
        await expect(ana.app.get_by_text("Earshot is away for a moment")).to_be_visible()
    await ana.app.get_by_role("link", name="Try again").click()
    await expect(rows(ana)).to_have_count(1)


async def test_without_redis_she_reads_and_retracts(
    empty: None, settings: Settings, chromium: Browser, own_redis: RedisProcess
) -> None:
    async with framed.opened(replace(settings, redis_url=own_redis.url), chromium) as admin:
        ana = await admin.window()
        ana.complaints.expect("503", "ERR_", "network error", "Failed to fetch")
        await install(admin.doors, ana.shop)
        await tell(admin, a_notification(1), a_notification(2))
        own_redis.kill()
        await ana.opens("/notifications", "Notifications")
        await row(ana, "Product 1").get_by_role("button", name="Retract").click()
        await dialog(ana).get_by_role("button", name="Retract").click()
        await expect(ana.toasts).to_contain_text("Open pages cannot be reached", timeout=15_000)
        await expect(row(ana, "Product 1")).to_contain_text("By hand")
        own_redis.start()
        await tell(admin, a_notification(3))
        await expect(ana.app.get_by_role("link", name="1 new")).to_be_visible(timeout=30_000)


async def test_another_shop_sees_and_hears_nothing_of_it(admin: Admin, ana: Window) -> None:
    other = await admin.window(BOREALIS)
    await other.opens("/notifications", "Notifications")
    await expect(other.app.get_by_text("No notifications yet")).to_be_visible()
    await tell(admin, a_notification(31))
    await expect(ana.app.get_by_role("link", name="1 new")).to_be_visible()
    await expect(other.app.locator("#notification-arrivals")).to_be_empty()
    await expect(other.app.get_by_text("Product 31")).to_have_count(0)


TITLES = ["w" * 500, "כוס קרמיקה", "كوب سيراميك 🏺", "<b>bold</b> & “quoted”", "\u202egnahc", " "]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
async def test_page_is_accessible_and_stands_still(admin: Admin, width: int, dark: bool) -> None:
    ana = await admin.window(width=width, dark=dark)
    await ana.opens("/notifications", "Notifications")
    assert await ana.violations() == []
    assert await ana.unrest() == []
    odd = [a_notification(number, title=title) for number, title in enumerate(TITLES, 40)]
    gone = a_notification(50, state="retracted", reason="order-cancelled")
    await tell(admin, *(a_notification(number) for number in range(1, 31)), *odd, gone)
    await ana.opens("/notifications", "Notifications")
    await expect(rows(ana)).to_have_count(25)
    await tell(admin, a_notification(51))
    await expect(ana.app.get_by_role("link", name="1 new")).to_be_visible()
    assert await ana.unrest() == []
    assert await ana.violations() == []
    assert await ana.frame.evaluate("document.documentElement.scrollWidth") <= width
    await ana.app.locator("#pill-date").click()
    assert await ana.violations() == []
    await ana.page.keyboard.press("Escape")
    await row(ana, "Product 30").get_by_role("button", name="Retract").click()
    assert await ana.violations() == []
    await dialog(ana).get_by_role("button", name="Cancel").click()
    await search(ana).fill("no such thing")
    await expect(ana.app.get_by_text("No notifications found")).to_be_visible()
    assert await ana.violations() == []
