"""What Earshot could not work off: nothing, and something."""

import time

from gallery.scenes.scene import Scene
from gallery.shops import Shop
from gallery.windows import Window


def _opened(window: Window) -> None:
    window.opens("/dead-letters", "Unprocessed events")


def _with_its_trace(window: Window) -> None:
    _opened(window)
    window.app.get_by_text("Details of this event").first.click()


def _asked_to_drop(window: Window) -> None:
    _opened(window)
    window.app.get_by_role("button", name="Drop").first.click()
    window.sees(window.app.locator("dialog[open]"))


def _garble(shop: Shop) -> None:
    shop.control("deliveries", topic="orders/create", raw="not json")
    shop.control("deliveries", topic="products/update", body={"id": 7001})
    time.sleep(3)  # by then they are put aside


NOTHING_YET = (Scene("/dead-letters", "unprocessed events, none", _opened),)
SCENES = (
    Scene("/dead-letters", "unprocessed events", _with_its_trace, before=_garble, is_tall=True),
    Scene("/dead-letters", "unprocessed event, to be dropped", _asked_to_drop),
)
