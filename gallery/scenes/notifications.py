"""What shoppers were told: the list, and one with its receipt."""

from collections.abc import Callable
from typing import Any

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
    """The one that most shoppers saw."""

    def enter(window: Window) -> None:
        found = window.shop.notifications(**query)
        _open(window, max(found, key=lambda each: int(each["impressions"])))

    return enter


def _newest(window: Window) -> None:
    _open(window, window.shop.notifications()[0])


def _open(window: Window, told: dict[str, Any]) -> None:
    window.opens(f"/notifications/{told['id']}")
    card = window.app.frame_locator("#told-card-frame").locator("earshot-card .card")
    window.sees(card)


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


NOTHING_YET = (Scene("/notifications", "notifications, none", _list()),)
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
)
ODD_TITLES = (
    Scene("/notifications/{id}", "notification, long title", _newest, before=_sell("wide " * 100)),
    Scene("/notifications/{id}", "notification, long word", _newest, before=_sell("w" * 250)),
    Scene("/notifications/{id}", "notification, Arabic", _newest, before=_sell("كوب سيراميك")),
    Scene("/notifications/{id}", "notification, emoji", _newest, before=_sell("Mug 🏺 & “saucer”")),
    Scene("/notifications", "notifications, odd titles", _list()),
)
