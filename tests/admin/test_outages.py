"""What a merchant sees, and keeps, while something of Earshot's is away."""

import contextlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import asyncpg
import pytest
from playwright.async_api import Browser, Route, expect

from app.config import Settings
from tests.admin import framed
from tests.admin.framed import Admin, Window
from tests.live.redis_processes import RedisProcess


@pytest.fixture
async def ana(admin: Admin) -> Window:
    ana = await admin.window()
    await ana.opens("/", "Earshot")
    return ana


@pytest.fixture
def own_redis() -> Iterator[RedisProcess]:
    process = RedisProcess()
    process.start()
    yield process
    process.kill()


@contextlib.asynccontextmanager
async def without_postgres(admin: Admin, table: str = "settings_versions") -> AsyncIterator[None]:
    """To those who read, a table that is not there is a Postgres that is away."""
    connection = await asyncpg.connect(admin.doors.settings.database_url)
    await connection.execute(f"ALTER TABLE {table} RENAME TO {table}_away")
    try:
        yield
    finally:
        await connection.execute(f"ALTER TABLE {table}_away RENAME TO {table}")
        await connection.close()


@pytest.mark.parametrize(
    ("path", "heading", "table", "stands"),
    [
        ("/", "Earshot", "notifications", "No notifications yet"),
        ("/notifications", "Notifications", "notifications", "No notifications yet"),
        ("/rules", "Rules", "rules", "What shoppers may hear about."),
        ("/settings", "Settings", "settings_versions", "Follows every change"),
        ("/api-keys", "API keys", "api_keys", "No API keys in use"),
        ("/data-requests", "Data requests", "compliance_requests", "No data requests yet"),
        ("/dead-letters", "Unprocessed events", "dead_letters", "Everything was processed"),
    ],
)
async def test_page_that_cannot_be_opened_says_so_and_can_be_tried_again(
    admin: Admin, ana: Window, path: str, heading: str, table: str, stands: str
) -> None:
    ana.complaints.expect("503")
    async with without_postgres(admin, table):
        await ana.page.goto(ana.options.app_page(ana.shop, path))
        await expect(ana.app.get_by_text("Earshot is away for a moment")).to_be_visible()
        assert await ana.violations() == []
    await ana.app.get_by_role("link", name="Try again").click()
    await expect(ana.heading).to_have_text(heading)
    await expect(ana.app.get_by_text(stands)).to_be_visible()


async def test_what_she_typed_outlasts_a_postgres_that_is_away(admin: Admin, ana: Window) -> None:
    ana.complaints.expect("503")
    await ana.goes_to("Settings")
    gap = ana.app.get_by_label("Pause between two")
    async with without_postgres(admin):
        await gap.fill("45")
        await ana.save_bar.get_by_role("button", name="Save").click()
        alert = ana.app.get_by_role("alert")
        await expect(alert).to_contain_text("Nothing you typed is lost.")
        await expect(gap).to_have_value("45")
    await alert.get_by_role("button", name="Try again").click()
    await expect(ana.toasts).to_contain_text("Settings saved")
    await expect(gap).to_have_value("45")


async def test_without_redis_she_sets_and_saves_and_the_preview_comes_back(
    empty: None, settings: Settings, chromium: Browser, own_redis: RedisProcess
) -> None:
    async with framed.opened(replace(settings, redis_url=own_redis.url), chromium) as admin:
        ana = await admin.window()
        ana.complaints.expect("503", "ERR_", "network error", "Failed to fetch")
        await ana.opens("/", "Earshot")
        await ana.goes_to("Settings")
        follows = ana.app.get_by_text("Follows every change")
        await expect(follows).to_be_visible()
        own_redis.kill()
        await ana.app.get_by_label("Corner radius").fill("3")
        await expect(ana.app.get_by_text("Reconnecting")).to_be_visible(timeout=10_000)
        await ana.save_bar.get_by_role("button", name="Save").click()
        await expect(ana.toasts).to_contain_text("Settings saved", timeout=10_000)
        own_redis.start()
        await expect(follows).to_be_visible(timeout=20_000)
        card = ana.app.frame_locator("#preview iframe").locator("earshot-card .card")
        await expect(card).to_have_css("border-radius", "3px", timeout=10_000)


async def test_every_request_may_be_refused_once_for_its_token(admin: Admin, ana: Window) -> None:
    """App Bridge asks again with a fresh one: nobody notices."""
    ana.complaints.expect("401")
    asked: set[str] = set()

    async def refuse_once(route: Route) -> None:
        request = route.request
        headers = dict(request.headers)
        name = f"{request.method} {request.url}"
        is_retry = name in asked
        asked.add(name)
        if "authorization" in headers and not is_retry:
            headers["authorization"] = "Bearer undefined"
        await route.continue_(headers=headers)

    await ana.page.route(f"{ana.options.app_url}/**", refuse_once)
    await ana.goes_to("Settings")
    await expect(ana.app.get_by_text("Follows every change")).to_be_visible()
    card = ana.app.frame_locator("#preview iframe").locator("earshot-card .card")
    await ana.app.get_by_label("Corner radius").fill("3")
    await expect(card).to_have_css("border-radius", "3px")
    for gap in ("30", "45"):
        await ana.app.get_by_label("Pause between two").fill(gap)
        await ana.save_bar.get_by_role("button", name="Save").click()
        await expect(ana.save_bar).to_be_hidden()
    await ana.app.get_by_role("button", name="Send a test card").click()
    await expect(ana.app.get_by_text("On its way")).to_be_visible()
    await ana.app.get_by_role("link", name="Version history").click()
    await ana.app.get_by_role("button", name="Restore version 1").click()
    await expect(ana.toasts).to_contain_text("Version 1 restored")
    await ana.page.go_back()
    await expect(ana.app.get_by_label("Pause between two")).to_have_value("30")
    await ana.goes_to("API keys")
    await ana.app.get_by_role("button", name="Create key").click()
    await ana.app.get_by_role("dialog").get_by_label("Name").fill("till")
    await ana.app.get_by_role("dialog").get_by_role("button", name="Create key").click()
    await ana.app.get_by_role("button", name="Revoke till").click()
    await ana.app.get_by_role("dialog").get_by_role("button", name="Revoke key").click()
    await expect(
        ana.app.get_by_role("table", name="Revoked keys").get_by_text("till")
    ).to_have_count(1)
    await ana.goes_to("Data requests")
    await expect(ana.app.get_by_role("alert")).to_be_empty()
    assert len(asked) > 12
