"""How a merchant gets in, what she meets where nobody is let in, and how she leaves."""

from gallery.scenes.scene import Scene
from gallery.shops import Shop
from gallery.windows import Window


def _list_of_apps(window: Window) -> None:
    window.page.goto(window.shop.admin_url.rpartition("/apps/")[0])
    window.sees(window.page.get_by_role("heading", name="Apps", exact=True))


def _consent(window: Window) -> None:
    window.page.goto(window.shop.admin_url)
    window.sees(window.page.get_by_role("heading", name="Install Earshot"))


def _outside(window: Window) -> None:
    window.page.goto(window.shop.app_url)
    window.sees(window.page.locator("h1, h2").first)


def _nowhere(window: Window) -> None:
    window.opens("/nowhere")


def _shopify_is_away(window: Window) -> None:
    """At the first visit, with nothing known yet."""
    window.opens(heading="Earshot")


def _leave(shop: Shop) -> None:
    shop.control("uninstall")
    shop.settle()


def _return_in_an_outage(shop: Shop) -> None:
    shop.be(api_delay_ms=15_000)
    shop.control("install")
    shop.control("embed", on=True)


SCENES = (
    Scene("/", "opened outside of the admin", _outside),
    Scene("/", "no such page", _nowhere),
)
FAREWELL = (
    Scene("/", "consent", _consent, before=_leave),
    Scene("/", "list of apps", _list_of_apps),
    Scene("/", "home, Shopify is away", _shopify_is_away, before=_return_in_an_outage),
)
