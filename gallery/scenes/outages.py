"""Pages that are not there, and pages that cannot be had just now."""

from gallery import outages
from gallery.scenes.scene import Scene
from gallery.shops import Shop
from gallery.windows import Window


def _nowhere(window: Window) -> None:
    window.opens("/nowhere")


def _away(window: Window) -> None:
    window.opens("/api-keys")
    window.sees(window.app.get_by_text("Earshot is away for a moment"))


def _break(shop: Shop) -> None:
    outages.take_away(shop, "api_keys")


def _mend(shop: Shop) -> None:
    outages.bring_back(shop, "api_keys")


SCENES = (
    Scene("problems", "no such page", _nowhere),
    Scene("problems", "service away", _away, before=_break, after=_mend),
)
