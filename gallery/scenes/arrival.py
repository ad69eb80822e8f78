"""How a merchant gets in, and what is met where nobody is let in."""

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
    window.sees(window.page.get_by_text("Open Earshot from your Shopify admin"))


def _come_back(shop: Shop) -> None:
    shop.control("install")
    shop.settle()


SCENES = (
    Scene("outside of the admin", "opened outside of the admin", _outside),
    Scene("stand-in", "list of apps", _list_of_apps, before=Shop.leave),
    Scene("stand-in", "consent", _consent, after=_come_back),
)
