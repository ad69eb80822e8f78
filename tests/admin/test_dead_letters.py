"""A merchant sees what Earshot could not work off, and has it tried again or gives it up."""

import pytest
from playwright.async_api import expect

from app.data import dead_letters
from app.data.dead_letters import DeadLetter
from app.services.intake import Intake
from app.shopify import webhooks
from tests.admin.framed import Admin, Window
from tests.cast import ALBA, encoded, order, webhook_headers


async def fails(admin: Admin, **changes: str) -> None:
    """An order that Earshot makes a mistake about, and parks."""
    body = encoded(order())
    headers = webhook_headers(body, "orders/create", ALBA)
    intake = Intake(admin.doors.data)
    await intake.accept(webhooks.parse({n.lower(): v for n, v in headers.items()}, body))
    await intake.close()
    async with admin.doors.data.system() as connection:
        delivery = await connection.fetchval("SELECT max(id) FROM deliveries")
        letter = {
            "shop": ALBA,
            "worker": "notify",
            "about": str(delivery),
            "message": body,
            "reason": "KeyError",
            "trace": "Traceback (most recent call last):\n" + "W" * 400 + "\nKeyError: 'x'",
            "delivery_id": delivery,
        }
        await dead_letters.park(connection, DeadLetter(**(letter | changes)), admin.doors.clock())


async def opened(admin: Admin, *, width: int = 1440, dark: bool = False) -> Window:
    ana = await admin.window(width=width, dark=dark)
    await ana.opens("/dead-letters", "Unprocessed events")
    return ana


async def test_she_is_led_there_from_home_and_replays_it(admin: Admin) -> None:
    ana = await admin.window()
    await ana.opens()
    await fails(admin)
    await ana.opens()
    await ana.app.get_by_role("link", name="Details: unprocessed events").click()
    await expect(ana.heading).to_have_text("Unprocessed events")
    await ana.app.get_by_role("button", name="Replay: New order").click()
    await expect(ana.toasts).to_contain_text("Sent through once more")
    await expect(ana.app.get_by_text("Everything was processed")).to_be_visible()
    await expect(ana.app.get_by_role("heading", name="Events", exact=True)).to_be_focused()


async def test_it_is_dropped_only_by_who_means_it(admin: Admin) -> None:
    await opened(admin)
    await fails(admin)
    ana = await opened(admin)
    drop = ana.app.get_by_role("button", name="Drop: New order")
    question = ana.app.locator("dialog[open]")
    await drop.click()
    await question.get_by_role("button", name="Cancel").click()
    await expect(drop).to_be_focused()
    await drop.click()
    await question.get_by_role("button", name="Drop event").click()
    await expect(ana.toasts).to_contain_text("Event dropped")
    await expect(ana.app.get_by_text("Everything was processed")).to_be_visible()


async def test_one_that_stays_says_why_above_the_list(admin: Admin) -> None:
    ana = await opened(admin)
    ana.complaints.expect("422")
    await fails(admin)
    await ana.opens("/dead-letters", "Unprocessed events")
    async with admin.doors.data.system() as connection:
        await connection.execute("UPDATE deliveries SET body = 'not json'")
    await ana.app.get_by_role("button", name="Replay: New order").click()
    await expect(
        ana.app.get_by_role("alert").filter(has_text="This event stays here")
    ).to_contain_text("What came in cannot be read at all.")
    await expect(ana.app.get_by_role("button", name="Replay: New order")).to_be_enabled()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
async def test_page_is_accessible_and_stands_still(admin: Admin, width: int, dark: bool) -> None:
    ana = await opened(admin, width=width, dark=dark)
    assert await ana.violations() == []
    assert await ana.unrest() == []
    await fails(admin)
    await fails(admin, reason="not-json", trace="not-json: ض" * 40)
    await ana.opens("/dead-letters", "Unprocessed events")
    await ana.app.get_by_text("Details of this event").first.click()
    assert await ana.violations() == []
    assert await ana.frame.evaluate("document.documentElement.scrollWidth") <= width
    await ana.app.get_by_role("button", name="Drop: New order").first.click()
    assert await ana.violations() == []
    await ana.opens("/dead-letters", "Unprocessed events")
    assert await ana.unrest() == []
