"""What was saved, by whom, and how it comes back."""

from gallery.scenes.scene import Scene
from gallery.windows import Window


def _opened(window: Window) -> None:
    window.opens("/settings/versions", "Version history")


def _restored(window: Window) -> None:
    _opened(window)
    window.app.get_by_role("button", name="Restore").first.click()
    window.sees(window.page.get_by_text("restored").first)


NOTHING_YET = (Scene("/settings/versions", "versions, none", _opened),)
SCENES = (
    Scene("/settings/versions", "versions", _opened, is_tall=True),
    Scene("/settings/versions", "versions, restored", _restored),
)
