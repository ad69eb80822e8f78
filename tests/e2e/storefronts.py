"""A shopper at a storefront, and what her page should show."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import BrowserContext, Locator, Page, Response
from playwright.async_api import TimeoutError as TookTooLong

from tests.e2e.complaints import Complaints
from tests.e2e.networks import Network
from tests.e2e.shops import Shop
from tests.e2e.waiting import eventually

RECORDER = (Path(__file__).parent / "card_recorder.js").read_text()
MOMENT = 0.25  # seconds in which a card too many would have come


@dataclass(frozen=True)
class Card:
    id: str
    sentence: str


@dataclass
class Shopper:
    """`shown` are all cards that came up on her page since it was first opened, in order."""

    page: Page
    shop: Shop
    network: Network
    complaints: Complaints
    shown: list[Card] = field(default_factory=list)

    @property
    def card(self) -> Locator:
        return self.page.locator("earshot-card[data-state=open] .card")

    @property
    def sentences(self) -> list[str]:
        return [card.sentence for card in self.shown]

    async def opens(self, path: str = "/") -> None:
        """Opens a page of the shop and waits until it listens."""
        async with self.listening():
            await self.page.goto(f"{self.shop.storefront_url}{path}")

    async def reloads(self) -> None:
        async with self.listening():
            await self.page.reload()

    async def closes_the_card(self) -> None:
        await self.card.get_by_role("button").click()

    async def closes_cards(self, number: int, within: float) -> list[str]:
        """Closes so many cards, waiting `within` seconds for each; all that she has ever seen."""
        for _ in range(number):
            await self._closes_next_card(within)
        await asyncio.sleep(MOMENT)
        return self.sentences

    @asynccontextmanager
    async def in_a_tunnel(self) -> AsyncIterator[None]:
        """Her network is away meanwhile, and her stream stands again at the end."""
        self.complaints.expect_cut_connection()
        self.network.cut()
        yield
        async with self.listening():
            self.network.mend()

    @asynccontextmanager
    async def listening(self, within: float = 10) -> AsyncIterator[None]:
        """At the end of this her page hears its stream, opened since the beginning."""
        async with self.page.expect_response(_is_stream, timeout=within * 1_000):
            yield

    async def _closes_next_card(self, within: float) -> None:
        await expect_storefront(self).to_show("", within)
        before = await self._open_card()
        await self.closes_the_card()

        async def is_another() -> bool:
            return await self._open_card() != before

        await eventually(is_another, 2, lambda: "the card does not close.")

    async def _open_card(self) -> str | None:
        return await self.page.locator("earshot-card").get_attribute("data-notification")


def _is_stream(answer: Response) -> bool:
    return "/stream" in answer.url and answer.status == 200


async def arrive(context: BrowserContext, shop: Shop, network: Network) -> Shopper:
    """A shopper with a browser of her own, who has not opened a page yet."""
    page = await context.new_page()
    shopper = Shopper(page, shop, network, Complaints(page))
    await page.expose_function(
        "recordCard", lambda id, sentence: shopper.shown.append(Card(id, sentence))
    )
    await page.add_init_script(RECORDER)
    return shopper


class StorefrontExpectation:
    def __init__(self, shopper: Shopper) -> None:
        self._shopper = shopper

    async def to_show(self, sentence: str, within: float) -> None:
        """An open card with this in its sentence, from now on within so many seconds."""
        card = self._shopper.card.filter(has_text=sentence)
        try:
            await card.wait_for(timeout=within * 1_000)
        except TookTooLong:
            raise AssertionError(
                f"{sentence or 'Another card'} did not show within {within:g} s; "
                f"shown so far: {self._shopper.sentences}"
            ) from None

    async def to_show_no_card(self, within: float) -> None:
        try:
            await self._shopper.card.wait_for(state="hidden", timeout=within * 1_000)
        except TookTooLong:
            text = await self._shopper.card.inner_text()
            raise AssertionError(f"Still open after {within:g} s: {text!r}") from None

    async def to_have_shown_only(self, *sentences: str) -> None:
        """Neither more nor less, in this order, a moment from now."""
        await asyncio.sleep(MOMENT)
        assert self._shopper.sentences == list(sentences)


def expect_storefront(shopper: Shopper) -> StorefrontExpectation:
    return StorefrontExpectation(shopper)
