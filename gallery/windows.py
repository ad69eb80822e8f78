"""Browser windows that pictures are taken of: a desk and a phone, in light and in dark."""

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect, sync_playwright

from gallery.shops import Shop
from sandbox.browser import launch_options


class Kind(msgspec.Struct, frozen=True):
    """`width` and `height` in CSS pixels."""

    name: str
    width: int
    height: int
    dark: bool = False


KINDS = (
    Kind("1440", 1440, 900),
    Kind("360", 360, 740),
    Kind("1440-dark", 1440, 900, dark=True),
    Kind("360-dark", 360, 740, dark=True),
)
_TALLEST = 4_000
_PATIENCE_MS = 15_000


class Window:
    """Waits for whatever it is asked for, a while."""

    def __init__(self, kind: Kind, page: Page, shop: Shop) -> None:
        self.kind = kind
        self.page = page
        self.shop = shop

    @property
    def app(self) -> FrameLocator:
        """Earshot, in the admin's frame."""
        return self.page.frame_locator("iframe#app")

    def opens(self, path: str = "", heading: str | None = None, *, staff: str = "ana") -> None:
        """A page of the app, in the admin; until its heading is there."""
        joint = "&" if "?" in path else "?"
        self.page.goto(f"{self.shop.admin_url}{path}{joint}staff={staff}")
        self.sees(self.app.locator("h1"), heading)

    def visits(self, path: str = "/") -> None:
        """A page of the storefront."""
        self.page.goto(f"{self.shop.storefront_url}{path}")

    def sees(self, what: Locator, text: str | None = None) -> None:
        if text is None:
            expect(what).to_be_visible()
        else:
            expect(what).to_contain_text(text)

    def grows(self) -> None:
        """As tall as the app's page, so that all of it is in the picture."""
        frame = self.page.frames[1]
        height: int = frame.evaluate("document.documentElement.scrollHeight")
        around = 56  # the admin's bar
        tall = min(max(self.kind.height, height + around), _TALLEST)
        self.page.set_viewport_size({"width": self.kind.width, "height": tall})


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, kind: Kind, shop: Shop) -> Iterator[Window]:
    context = browser.new_context(
        viewport={"width": kind.width, "height": kind.height},
        color_scheme="dark" if kind.dark else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(_PATIENCE_MS)
    expect.set_options(timeout=_PATIENCE_MS)
    yield Window(kind, context.new_page(), shop)
    context.close()
