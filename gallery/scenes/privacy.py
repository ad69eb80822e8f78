"""What customers ask for: none, and some."""

import time

from gallery.scenes.scene import Scene
from gallery.shops import Shop
from gallery.windows import Window


def _opened(window: Window) -> None:
    window.opens("/data-requests", "Data requests")


def _demand(shop: Shop) -> None:
    shop.control("privacy", topic="customers/redact")
    shop.sell(product="alba-mug")
    shop.control("privacy", topic="customers/data_request")
    shop.settle()
    time.sleep(3)  # by then they are worked off


NOTHING_YET = (Scene("/data-requests", "data requests, none", _opened),)
SCENES = (Scene("/data-requests", "data requests", _opened, before=_demand, is_tall=True),)
