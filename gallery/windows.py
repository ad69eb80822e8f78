"""Browser windows that pictures are taken of: a desk's and a phone's, each in light and in dark."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import msgspec
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from gallery.shops import Shop

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


class Size(msgspec.Struct, frozen=True):
    """In CSS pixels."""

    width: int
    height: int

    @property
    def name(self) -> str:
        return str(self.width)


SIZES = (Size(1440, 900), Size(360, 740))
_TALLEST = 4_000
_PATIENCE_MS = 15_000


class Window:
    """Waits for whatever it is asked for, a while."""

    def __init__(self, size: Size, page: Page, shop: Shop) -> None:
        self.size = size
        self.page = page
        self.shop = shop

    @property
    def app(self) -> FrameLocator:
        """Earshot, in the admin's frame."""
        return self.page.frame_locator("iframe#app")

    def opens(self, path: str = "", heading: str | None = None) -> None:
        """A page of the app, in the admin; until its heading is there."""
        joint = "&" if "?" in path else "?"
        self.page.goto(f"{self.shop.admin_url}{path}{joint}staff=ana")
        self.sees(self.app.locator("h1"), heading)

    def visits(self, path: str = "/") -> None:
        """A page of the storefront."""
        self.page.goto(f"{self.shop.storefront_url}{path}")

    def sees(self, what: Locator, text: str | None = None) -> None:
        if text is None:
            expect(what).to_be_visible()
        else:
            expect(what).to_contain_text(text)

    def turns(self, scheme: Scheme) -> None:
        """Every style is worked out anew: Chromium forgets some when the scheme alone changes."""
        self.page.emulate_media(color_scheme=scheme)
        for frame in self.page.frames:
            frame.evaluate(
                "name => document.documentElement.style.setProperty('--scheme', name)", scheme
            )

    def grows(self) -> None:
        """As tall as the app's page, so that all of it is in the picture."""
        frame = self.page.frames[1]
        height: int = frame.evaluate("document.documentElement.scrollHeight")
        around = 90 if self.size.width < 700 else 56  # the admin's bars
        tall = min(max(self.size.height, height + around), _TALLEST)
        self.page.set_viewport_size({"width": self.size.width, "height": tall})
        frame.evaluate("scrollTo(0, 0)")


@contextmanager
def opened(browser: Browser, size: Size, shop: Shop) -> Iterator[Window]:
    context = browser.new_context(
        viewport={"width": size.width, "height": size.height}, reduced_motion="reduce"
    )
    context.set_default_timeout(_PATIENCE_MS)
    expect.set_options(timeout=_PATIENCE_MS)
    try:
        yield Window(size, context.new_page(), shop)
    finally:
        context.close()
