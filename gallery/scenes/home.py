"""Home, from the first visit to the busy shop."""

from gallery.scenes.scene import Scene
from gallery.shops import PATIENT, Shop
from gallery.windows import Window

PRODUCTS = ("alba-mug", "tide-plate", "ripple-vase", "pebble-teapot", "alba-mug", "tide-plate")


def _first_visit(window: Window) -> None:
    window.opens(heading="Earshot")
    window.sees(window.app.locator("#standing"), "Off in your theme")


def _live(window: Window) -> None:
    window.opens(heading="Earshot")
    window.sees(window.app.locator("#live-state"), "Live")
    window.sees(window.app.locator("#notifications > li").first)


def _without_guide(window: Window) -> None:
    window.opens(heading="Earshot")
    put_away = window.app.get_by_role("button", name="Put the setup guide away")
    if put_away.is_visible():
        put_away.click()
    window.sees(window.app.get_by_role("button", name="Show setup guide"))


def _offline(window: Window) -> None:
    _live(window)
    window.page.context.set_offline(True)
    window.sees(window.app.get_by_text("You are offline"))


def _cannot_be_had(window: Window) -> None:
    _live(window)
    window.page.route("**/notifications*", lambda route: route.abort())
    window.app.get_by_role("link", name="All notifications").click()
    window.sees(window.app.get_by_role("button", name="Try again"))


def _switch_off(shop: Shop) -> None:
    shop.control("embed", on=False)


def _sell(shop: Shop) -> None:
    shop.control("embed", on=True)
    shop.decide(pacing=shop.ask("GET", "settings")["settings"]["pacing"] | PATIENT)
    for number, product in enumerate(PRODUCTS):
        shop.sell(product=product, quantity=1 + number % 3)
    order = shop.sell(product="alba-mug")
    shop.control(f"orders/{order['id']}/cancel")
    shop.settle()


SCENES = (
    Scene("/", "home, first visit", _first_visit, before=_switch_off, is_tall=True),
    Scene("/", "home, live", _live, before=_sell, is_tall=True),
    Scene("/", "home, offline", _offline),
    Scene("/", "home, a page cannot be had", _cannot_be_had),
    Scene("/", "home, guide put away", _without_guide, is_tall=True),
)
