"""Cards on the storefront, as each theme paints them."""

from collections.abc import Callable

from gallery.scenes.scene import Scene
from gallery.shops import Shop
from gallery.windows import Window


def _card(window: Window) -> None:
    window.visits("/")
    window.sees(window.page.locator("earshot-card[data-state=open] .card"))


def _look(theme: str, **more: str) -> Callable[[Shop], None]:
    def before(shop: Shop) -> None:
        appearance = shop.ask("GET", "settings")["settings"]["appearance"]
        shop.decide(appearance=appearance | {"theme": theme, **more})

    return before


SCENES = tuple(
    Scene("storefront", f"card, {theme}", _card, before=_look(theme))
    for theme in ("light", "dark", "warm", "bold")
)
