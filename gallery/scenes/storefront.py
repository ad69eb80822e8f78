"""Cards on the storefront, as settings paint them."""

from collections.abc import Callable
from typing import Any

from gallery.scenes.scene import Scene
from gallery.shops import PATIENT, Shop
from gallery.windows import Window

PRODUCTS = ("alba-mug", "tide-plate", "ripple-vase", "pebble-teapot", "dawn-bowl", "olive-jug")
COLOURS = {"background": "#fff4d6", "text": "#3b2a00", "accent": "#8a4b00"}


def _card(path: str = "/") -> Callable[[Window], None]:
    def enter(window: Window) -> None:
        window.visits(path)
        window.sees(window.page.locator("earshot-card[data-state=open] .card"))

    return enter


def _look(**appearance: Any) -> Callable[[Shop], None]:
    def before(shop: Shop) -> None:
        shop.decide(appearance=appearance, pacing=PATIENT)

    return before


def _open(shop: Shop) -> None:
    """The first orders of a shop that is live, one of them cancelled."""
    _look(position="bottom-left")(shop)
    shop.control("embed", on=True)
    for number, product in enumerate(PRODUCTS):
        shop.sell(product=product, quantity=1 + number % 3)
    order = shop.sell(product="tide-plate")
    shop.control(f"orders/{order['id']}/cancel")
    shop.sell(product="alba-mug")
    shop.settle()


def _calm_down(shop: Shop) -> None:
    """As Earshot begins: what most merchants have."""
    shop.decide(pacing={"first_delay": 6, "duration": 6, "gap": 20, "dismissal_days": 7})


FIRST = (
    Scene("storefront", "card, light", _card(), before=_open),
    Scene(
        "storefront", "card, on a product's page", _card("/products/ripple-vase"), after=_calm_down
    ),
)
LOOKS = (
    Scene("storefront", "card, dark", _card(), before=_look(theme="dark")),
    Scene("storefront", "card, warm", _card(), before=_look(theme="warm")),
    Scene("storefront", "card, bold", _card(), before=_look(theme="bold")),
    Scene(
        "storefront",
        "card, own colours, large, at the top",
        _card(),
        before=_look(
            theme="custom",
            palette=COLOURS,
            size="large",
            radius=4,
            picture="round",
            position="top-right",
            phone_position="top",
        ),
    ),
    Scene("storefront", "card, from right to left", _card("/?locale=ar")),
)
