"""A merchant sees to what customers ask of her, and hands on what is theirs."""

import asyncio
import json
import re
from pathlib import Path

import pytest
from playwright.async_api import Route, expect

from app.domain import compliance
from app.services.intake import Intake
from app.services.privacy import requests
from app.services.settling import settle
from app.shopify import webhooks
from tests.admin.framed import Admin, Window
from tests.cast import ALBA, encoded, webhook_headers
from tests.services.privacy.people import MARGAUX, demand


@pytest.fixture
async def ana(admin: Admin) -> Window:
    ana = await admin.window()
    await ana.opens("/data-requests", "Data requests")
    return ana


async def ask(admin: Admin, topic: str = compliance.DATA_REQUEST) -> None:
    """Shopify's request, on record."""
    body = encoded(demand(topic))
    headers = {name.lower(): value for name, value in webhook_headers(body, topic, ALBA).items()}
    intake = Intake(admin.doors.data)
    await intake.accept(webhooks.parse(headers, body))
    await intake.close()
    await settle(admin.doors.data, admin.doors.clock())


async def taken(window: Window) -> tuple[str, str]:
    """The name and content of the file that the browser keeps."""
    async with window.page.expect_download() as begun:
        await window.app.get_by_role("link", name="Download").click()
    download = await begun.value
    path = Path(await download.path())
    return download.suggested_filename, await asyncio.to_thread(path.read_text)


async def test_document_is_downloaded_with_her_token(admin: Admin, ana: Window) -> None:
    await ask(admin)
    await requests.work_off_one(admin.doors)
    await ana.opens("/data-requests", "Data requests")
    name, content = await taken(ana)
    assert name == f"earshot-customer-{MARGAUX['id']}.json"
    assert json.loads(content)["customer"] == MARGAUX
    await expect(ana.heading).to_have_text("Data requests")


@pytest.mark.parametrize("trouble", [503, "away", 404])
async def test_document_that_cannot_be_had_can_be_tried_again(
    admin: Admin, ana: Window, trouble: int | str
) -> None:
    ana.complaints.expect(str(trouble))
    ana.complaints.expect_cut_connection()
    await ask(admin)
    await requests.work_off_one(admin.doors)
    await ana.opens("/data-requests", "Data requests")
    troubles = [trouble]

    async def fail(route: Route) -> None:
        if not troubles:
            await route.continue_()
        elif isinstance(found := troubles.pop(), int):
            await route.fulfill(status=found, body="<h1>Bad gateway</h1>")
        else:
            await route.abort()

    await ana.page.route("**/export*", fail)
    await ana.app.get_by_role("link", name="Download").click()
    alert = ana.app.get_by_role("alert")
    await expect(alert).to_contain_text("That did not work")
    async with ana.page.expect_download() as begun:
        await alert.get_by_role("button", name="Try again").click()
    await begun.value
    await expect(alert).to_be_empty()


async def test_page_follows_what_is_being_worked_off(admin: Admin, ana: Window) -> None:
    await ana.page.clock.install()
    await ask(admin, compliance.CUSTOMER_REDACT)
    await ana.opens("/data-requests", "Data requests")
    await expect(ana.app.get_by_text("Waiting")).to_be_visible()
    await requests.work_off_one(admin.doors)
    await ana.page.clock.fast_forward(16_000)
    await expect(ana.app.get_by_text("Done")).to_be_visible()


async def test_page_that_cannot_follow_keeps_what_it_shows(admin: Admin, ana: Window) -> None:
    ana.complaints.expect("503")
    await ana.page.clock.install()
    await ask(admin)
    await ana.opens("/data-requests", "Data requests")

    async def refuse(route: Route) -> None:
        await route.fulfill(status=503, body="{}")

    await ana.page.route("**/data-requests*", refuse)
    async with ana.page.expect_response(lambda answer: answer.status == 503):
        await ana.page.clock.fast_forward(16_000)
    await ana.page.wait_for_timeout(200)
    await expect(ana.app.get_by_text("Waiting")).to_be_visible()
    await expect(ana.app.get_by_role("alert")).to_be_empty()


async def test_customer_is_looked_up_in_the_admin(admin: Admin, ana: Window) -> None:
    await ask(admin)
    await ana.opens("/data-requests", "Data requests")
    await ana.app.get_by_role("link", name=f"Customer {MARGAUX['id']}").click()
    await expect(ana.page).to_have_url(
        re.compile(f"/store/alba-ceramics/customers/{MARGAUX['id']}$")
    )


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
async def test_page_is_accessible_and_stands_still(admin: Admin, width: int, dark: bool) -> None:
    ana = await admin.window(width=width, dark=dark)
    await ana.opens("/data-requests", "Data requests")
    assert await ana.violations() == []
    assert await ana.unrest() == []
    for topic in (compliance.DATA_REQUEST, compliance.CUSTOMER_REDACT):
        await ask(admin, topic)
    await requests.work_off_one(admin.doors)
    await ana.opens("/data-requests", "Data requests")
    await expect(ana.app.get_by_role("link", name="Download")).to_be_visible()
    assert await ana.violations() == []
    assert await ana.frame.evaluate("document.documentElement.scrollWidth") <= width
    assert await ana.unrest() == []
