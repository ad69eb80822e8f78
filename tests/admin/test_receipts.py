"""A merchant looks at one notification, at what proves it, and takes it back."""

import asyncio
import re
from datetime import UTC, datetime
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import FrameLocator, Locator, Route, expect

from app.domain.callers import Caller
from app.domain.events import DeliveryReference, Line, Order, OrderCreated
from app.domain.notifications import Notification
from app.services import notifying, retracting, tallying
from tests.admin.framed import Admin, Window
from tests.admin.telling import tell
from tests.admin.test_outages import without_postgres
from tests.cast import ALBA, ANA, BOREALIS
from tests.data.tellings import a_notification

MUG = a_notification(30, title="Alba mug")


@pytest.fixture
async def ana(admin: Admin) -> Window:
    """Her shop has told of a mug, and before of other things."""
    ana = await admin.window()
    await ana.opens("/", "Earshot")
    await tell(admin, *(a_notification(number) for number in range(1, 30)), MUG)
    return ana


async def opens(window: Window, told: Notification = MUG) -> None:
    await window.opens(f"/notifications/{told.id}")


def page_of_shop(window: Window) -> FrameLocator:
    return window.app.frame_locator("#told-card-frame")


def card(window: Window) -> Locator:
    return page_of_shop(window).locator("earshot-card .card")


def dialog(window: Window) -> Locator:
    return window.app.get_by_role("dialog", name="Retract this notification?")


async def test_row_leads_to_the_card_and_back_to_the_same_list(ana: Window) -> None:
    await ana.goes_to("Notifications")
    await ana.app.get_by_role("searchbox").fill("mug")
    rows = ana.app.locator("#notification-list tbody tr")
    await expect(rows).to_have_count(1)
    await rows.locator("td").nth(2).click(force=True)  # the link is stretched over it
    await expect(ana.heading).to_have_text("Someone bought Alba mug")
    await expect(ana.heading).to_be_focused()
    await expect(card(ana)).to_contain_text("Someone bought Alba mug")
    await expect(card(ana)).to_contain_text("Preview")
    await ana.page.go_back()
    await expect(rows).to_have_count(1)
    await expect(ana.app.get_by_role("searchbox")).to_have_value("mug")
    await ana.page.go_forward()
    await expect(card(ana)).to_contain_text("Someone bought Alba mug")
    await ana.app.get_by_role("link", name="Back to Notifications").click()
    await expect(ana.heading).to_have_text("Notifications")


async def test_card_is_shown_though_its_frame_stood_before_the_page_listened(ana: Window) -> None:
    async def come_late(route: Route) -> None:
        await asyncio.sleep(1.5)
        await route.continue_()

    await ana.page.route("**/bundles/earshot.js*", come_late)
    await opens(ana)
    await expect(card(ana)).to_be_visible()


async def test_home_leads_there_too(ana: Window) -> None:
    await ana.opens("/", "Earshot")
    await ana.app.get_by_role("link", name="Someone bought Alba mug").click()
    await expect(card(ana)).to_contain_text("Someone bought Alba mug")


async def test_order_that_proves_it_opens_in_the_admin(admin: Admin, ana: Window) -> None:
    sold = await sell(admin)
    await opens(ana, sold)
    await expect(ana.app.locator("#proof")).to_contain_text("Order placed")
    await ana.app.get_by_role("link", name="Open order in Shopify: Order placed").click()
    await expect(ana.page).to_have_url(re.compile(r"/store/alba-ceramics/orders/5001$"))


async def sell(admin: Admin) -> Notification:
    """By an event as it comes from Kafka."""
    now = admin.doors.clock()
    line = Line(777, "Tall vase", 1, "24.00", 8001)
    placed = OrderCreated(
        id=uuid4(),
        shop=ALBA,
        occurred_at=now,
        received_at=now,
        delivery=DeliveryReference(1, "webhook-1", "orders/create", "2026-10"),
        data=Order(5001, now, "paid", test=False, currency="EUR", lines=(line,)),
    )
    doors = admin.doors
    await notifying.react_to(placed, doors.data, doors.live, now)
    async with doors.data.tenant(ALBA) as connection:
        found = await connection.fetchval(
            "SELECT id FROM notifications WHERE shop = $1 AND source = 'order:5001'", ALBA
        )
    return a_notification(id=found)


async def test_other_notifications_of_the_product_are_a_click_away(ana: Window) -> None:
    await opens(ana)
    await ana.app.get_by_role("link", name="All notifications of this product").click()
    await expect(ana.heading).to_have_text("Notifications")
    await expect(ana.app.locator("#pill-product")).to_have_text("Product: Alba mug")
    await expect(ana.app.locator("#notification-list tbody tr")).to_have_count(1)


async def test_it_is_retracted_by_whoever_means_it(ana: Window) -> None:
    await opens(ana)
    await expect(card(ana)).to_be_visible()
    await ana.app.get_by_role("button", name="Retract", exact=True).click()
    await expect(dialog(ana)).to_contain_text("Someone bought Alba mug")
    await ana.page.keyboard.press("Escape")
    await expect(ana.app.get_by_role("button", name="Retract", exact=True)).to_be_focused()
    await ana.page.keyboard.press("Enter")
    await dialog(ana).get_by_role("button", name="Retract").click()
    await expect(ana.toasts).to_contain_text("Notification retracted")
    await expect(ana.app.get_by_text("Nobody is shown this card any more")).to_be_visible()
    await expect(ana.app.locator("#proof")).to_contain_text("Retracted by Ana Moreau")
    await expect(ana.heading).to_be_focused()
    await expect(ana.app.get_by_role("button", name="Retract", exact=True)).to_have_count(0)
    await expect(card(ana)).to_contain_text("Someone bought Alba mug")
    assert await ana.violations() == []


async def test_page_changes_with_what_it_shows_and_its_frame_stays(
    admin: Admin, ana: Window
) -> None:
    await opens(ana)
    await expect(card(ana)).to_contain_text("Someone bought Alba mug")
    shop = page_of_shop(ana).locator("body")
    await shop.evaluate("body => { body.ownerDocument.defaultView.isTheSame = true }")
    await ana.app.get_by_role("link", name="Open product in Shopify").focus()
    await tell(admin, a_notification(30, title="Alba cup", revision=2))
    await expect(ana.heading).to_have_text("Someone bought Alba cup")
    await expect(card(ana)).to_contain_text("Someone bought Alba cup")
    await retracting.retract(admin.doors, Caller(ALBA, ANA), MUG.id)
    await expect(ana.app.get_by_text("It was retracted by hand.")).to_be_visible()
    await expect(ana.app.get_by_role("link", name="Open product in Shopify")).to_be_focused()
    assert await shop.evaluate("body => body.ownerDocument.defaultView.isTheSame")
    await expect(ana.app.locator("#details")).to_contain_text(re.compile(r"Revision\s*3"))


async def test_figures_grow_while_the_page_is_open(admin: Admin, ana: Window) -> None:
    await opens(ana)
    reach = ana.app.locator("#reach")
    await expect(reach).to_contain_text(re.compile(r"Saw it\s*0"))
    kinds = ["impression", "impression", "click", "dismissal"]
    items = [
        {
            "kind": kind,
            "notification": str(MUG.id),
            "rule": str(MUG.rule),
            "at": datetime.now(UTC).isoformat(),
        }
        for kind in kinds
    ]
    async with httpx.AsyncClient(base_url=admin.options.app_url) as shopper:
        batch = {"batch": str(uuid4()), "items": items}
        await shopper.post(f"/storefront/{ALBA}/interactions", json=batch)
    await tallying.tally(admin.doors.data)
    await expect(reach).to_contain_text(
        re.compile(r"Saw it\s*2\s*Clicked\s*1\s*Closed it\s*1"), timeout=10_000
    )


async def test_another_shops_notification_is_none(admin: Admin, ana: Window) -> None:
    other = await admin.window(BOREALIS)
    other.complaints.expect("404")
    await other.opens("/", "Earshot")
    await other.page.goto(other.options.app_page(BOREALIS, f"/notifications/{MUG.id}"))
    await expect(other.app.get_by_text("There is nothing here")).to_be_visible()
    await expect(other.app.get_by_text("There is no such notification.")).to_be_visible()
    assert await other.violations() == []


async def test_page_that_cannot_be_had_leaves_the_list(admin: Admin, ana: Window) -> None:
    ana.complaints.expect("503")
    await ana.goes_to("Notifications")
    async with without_postgres(admin, "audit_log"), without_postgres(admin, "events"):
        await ana.app.get_by_role("link", name="Someone bought Alba mug").click()
        alert = ana.app.get_by_role("alert")
        await expect(alert).to_contain_text("cannot reach one of its services")
        await expect(ana.heading).to_have_text("Notifications")
    await alert.get_by_role("button", name="Try again").click()
    await expect(ana.heading).to_have_text("Someone bought Alba mug")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
async def test_page_is_accessible_and_stands_still(admin: Admin, width: int, dark: bool) -> None:
    ana = await admin.window(width=width, dark=dark)
    await ana.opens("/", "Earshot")
    titles = ["Alba mug", "w" * 500, "كوب سيراميك 🏺", "\u202egnahc"]
    odd = [a_notification(number, title=title) for number, title in enumerate(titles, 1)]
    gone = a_notification(9, state="retracted", reason="order-cancelled")
    await tell(admin, *odd, gone)
    for told in (*odd, gone):
        await opens(ana, told)
        await expect(card(ana)).to_be_visible()
        assert await ana.unrest() == []
        assert await ana.violations() == []
        assert await ana.frame.evaluate("document.documentElement.scrollWidth") <= width
