"""How a merchant leaves, and comes back at a bad moment."""

from gallery.scenes.scene import Scene
from gallery.shops import Shop
from gallery.windows import Window


def _uninstalled_elsewhere(window: Window) -> None:
    """While the page is open."""
    window.shop.control("install")
    window.shop.settle()
    window.opens(heading="Earshot")
    window.shop.control("uninstall")
    window.shop.settle()
    window.page.locator("#menu").get_by_role("link", name="Settings").click()
    window.sees(window.app.get_by_text("That did not work"))


def _shopify_is_away(window: Window) -> None:
    window.opens(heading="Earshot")
    window.sees(window.app.get_by_text("Shopify").first)


def _return_in_an_outage(shop: Shop) -> None:
    shop.be(api_delay_ms=15_000)
    shop.control("install")
    shop.control("embed", on=True)


SCENES = (
    Scene("/", "home, uninstalled meanwhile", _uninstalled_elsewhere),
    Scene("/", "home, Shopify is away", _shopify_is_away, before=_return_in_an_outage),
)
