"""What shoppers were told: the list, and one with its receipt."""

from collections.abc import Callable

from gallery.scenes.scene import Scene
from gallery.shops import Shop
from gallery.windows import Window


def _list(query: str = "") -> Callable[[Window], None]:
    def enter(window: Window) -> None:
        window.opens(f"/notifications{query}", "Notifications")

    return enter


def _arrived(window: Window) -> None:
    window.opens("/notifications", "Notifications")
    window.shop.sell(product="ripple-vase")
    window.sees(window.app.get_by_role("link", name="new"))


def _date(window: Window) -> None:
    window.opens("/notifications", "Notifications")
    window.app.locator("#pill-date").click()
    window.sees(window.app.get_by_label("From"))


def _one(**query: str) -> Callable[[Window], None]:
    def enter(window: Window) -> None:
        newest = window.shop.notifications(**query)[0]
        window.opens(f"/notifications/{newest['id']}")
        card = window.app.frame_locator("#told-card-frame").locator("earshot-card .card")
        window.sees(card)

    return enter


def _asked_to_retract(window: Window) -> None:
    _one(state="published")(window)
    window.app.get_by_role("button", name="Retract").first.click()
    window.sees(window.app.locator("dialog[open]"))


def _unknown(window: Window) -> None:
    window.opens("/notifications/00000000-0000-0000-0000-000000000000")


def _sell(title: str) -> Callable[[Shop], None]:
    def before(shop: Shop) -> None:
        product = shop.control("products", title=title)
        shop.settle()
        shop.sell(product=product["handle"])

    return before


SCENES = (
    Scene("/notifications", "notifications", _list(), is_tall=True),
    Scene("/notifications", "notifications, retracted ones", _list("?state=retracted")),
    Scene("/notifications", "notifications, none found", _list("?q=zebra")),
    Scene("/notifications", "notifications, a filter that is none", _list("?since=yesterday")),
    Scene("/notifications", "notifications, by date", _date),
    Scene("/notifications", "notifications, new ones", _arrived),
    Scene("/notifications/{id}", "notification", _one(state="published"), is_tall=True),
    Scene("/notifications/{id}", "notification, retracted", _one(state="retracted"), is_tall=True),
    Scene("/notifications/{id}", "notification, to be retracted", _asked_to_retract),
    Scene("/notifications/{id}", "notification, unknown", _unknown),
    Scene("/notifications/{id}", "notification, long title", _one(), before=_sell("wide " * 100)),
    Scene("/notifications/{id}", "notification, long word", _one(), before=_sell("w" * 250)),
    Scene("/notifications/{id}", "notification, Arabic", _one(), before=_sell("كوب سيراميك 🏺")),
    Scene("/notifications", "notifications, odd titles", _list()),
)
