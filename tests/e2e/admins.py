"""A merchant with Earshot open in the Shopify admin, and what the page should show."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import BrowserContext, FrameLocator, Locator, Page, Response, expect

from tests.e2e.complaints import Complaints
from tests.e2e.networks import Network
from tests.e2e.shops import Shop


@dataclass
class Merchant:
    page: Page
    shop: Shop
    network: Network
    complaints: Complaints

    @property
    def app(self) -> FrameLocator:
        """Earshot, inside the admin's frame."""
        return self.page.frame_locator("iframe#app")

    def row(self, notification: str) -> Locator:
        return self.app.locator(f"#notification-{notification}")

    async def listed(self) -> list[str]:
        """The notifications on her list, first to last."""
        rows = await self.app.locator("#notifications > li").all()
        return [(await row.get_attribute("id") or "").removeprefix("notification-") for row in rows]

    def figure(self, name: str) -> Locator:
        return self.app.locator(".figure").filter(has_text=name).locator("dd")

    async def opens_earshot(self) -> None:
        """From the admin's list of apps, until the page says that it is live."""
        await self.page.goto(self.shop.admin_url)
        await expect_admin(self).to_be("Live", within=10)

    async def opens_in_a_new_tab(self, link: str) -> Page:
        async with self.page.expect_popup() as opened:
            await self.app.get_by_role("link", name=link).first.click()
        return await opened.value

    async def reloads(self) -> None:
        await self.page.reload()
        await expect_admin(self).to_be("Live", within=10)

    @asynccontextmanager
    async def in_a_tunnel(self) -> AsyncIterator[None]:
        """Her network is away meanwhile, and her page is live again at the end."""
        self.complaints.expect_cut_connection()
        self.network.cut()
        yield
        async with self.page.expect_response(_is_live, timeout=15_000):
            self.network.mend()
        await expect_admin(self).to_be("Live", within=5)


def _is_live(answer: Response) -> bool:
    return "/live?" in answer.url and answer.status == 200


async def sign_in(context: BrowserContext, shop: Shop, network: Network) -> Merchant:
    page = await context.new_page()
    return Merchant(page, shop, network, Complaints(page))


class AdminExpectation:
    def __init__(self, merchant: Merchant) -> None:
        self._merchant = merchant

    async def to_be(self, state: str, within: float) -> None:
        """`Live` or `Reconnecting`."""
        badge = self._merchant.app.locator("#live-state .badge").filter(visible=True)
        await expect(badge).to_have_text(state, timeout=within * 1_000)

    async def to_list(self, notification: str, state: str, within: float) -> None:
        """Once, with this word on its badge."""
        row = self._merchant.row(notification)
        await expect(row).to_have_count(1, timeout=within * 1_000)
        await expect(row.locator(".badge")).to_have_text(state, timeout=within * 1_000)

    async def to_list_first(self, sentence: str, within: float) -> None:
        first = self._merchant.app.locator("#notifications > li").first
        await expect(first).to_contain_text(sentence, timeout=within * 1_000)

    async def to_say(self, sentence: str, within: float) -> None:
        await expect(self._merchant.page.get_by_text(sentence)).to_be_visible(
            timeout=within * 1_000
        )


def expect_admin(merchant: Merchant) -> AdminExpectation:
    return AdminExpectation(merchant)
