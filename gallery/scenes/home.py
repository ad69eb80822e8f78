"""Home, from the first visit to the busy shop."""

from gallery.scenes.scene import Scene
from gallery.shops import Shop
from gallery.windows import Window


def _first_visit(window: Window) -> None:
    window.opens(heading="Earshot")
    window.sees(window.app.locator("#standing"), "Off in your theme")


def _live(window: Window) -> None:
    """When it has asked for the theme's state once: it is told with the page from then on."""
    for _ in range(2):
        window.opens(heading="Earshot")
        window.sees(window.app.locator("#live-state"), "Live")
        window.sees(window.app.locator("#standing"), "On in your theme")
    window.sees(window.app.locator("#notifications > li").first)


def _without_guide(window: Window) -> None:
    _live(window)
    hide = window.app.get_by_role("button", name="Hide setup guide")
    if hide.is_visible():
        hide.click()
    window.sees(window.app.get_by_role("button", name="Show setup guide"))


def _reconnecting(window: Window) -> None:
    window.page.route("**/live?*", lambda route: route.abort())
    window.opens(heading="Earshot")
    state = window.app.locator("#live-state .badge").filter(visible=True)
    window.sees(state, "Reconnecting")


def _offline(window: Window) -> None:
    _live(window)
    window.page.context.set_offline(True)
    window.sees(window.app.get_by_text("You are offline"))


def _cannot_be_had(window: Window) -> None:
    _live(window)
    window.page.route("**/notifications*", lambda route: route.abort())
    window.app.get_by_role("link", name="All notifications").click()
    window.sees(window.app.get_by_role("button", name="Try again"))


def _be_busy(shop: Shop) -> None:
    shop.react(impression=312, click=27, dismissal=14)


NOTHING_YET = (Scene("/", "home, first visit", _first_visit, is_tall=True),)
SCENES = (
    Scene("/", "home, live", _live, before=_be_busy, is_tall=True),
    Scene("/", "home, reconnecting", _reconnecting),
    Scene("/", "home, offline", _offline),
    Scene("/", "home, a page cannot be had", _cannot_be_had),
    Scene("/", "home, guide hidden", _without_guide, is_tall=True),
)
