"""Settings with their preview, and their versions."""

from gallery.scenes.scene import Scene
from gallery.shops import Shop
from gallery.windows import Window


def _opened(window: Window) -> None:
    window.opens("/settings", "Settings")
    card = window.app.frame_locator("#preview iframe").locator("earshot-card .card")
    card.wait_for(state="attached")  # on a phone the preview is closed at first


def _paused(window: Window) -> None:
    window.opens("/settings", "Settings")
    window.app.locator("[data-preview-note]:not([hidden])").wait_for(state="attached")


def _choose(window: Window, word: str) -> None:
    window.app.get_by_role("radio", name=word, exact=True).check()


def _unsaved(window: Window) -> None:
    _opened(window)
    _choose(window, "Bold")
    window.sees(window.page.get_by_role("region", name="Unsaved changes"))


def _preview_on_a_phone(window: Window) -> None:
    _opened(window)
    toggle = window.app.get_by_role("button", name="Preview", exact=True)
    if toggle.is_visible():
        toggle.click()
    window.app.locator("[data-preview-device][value=phone]").evaluate("choice => choice.click()")
    window.sees(window.app.locator("#preview [data-device=phone]"))


def _contrast(window: Window) -> None:
    _opened(window)
    _choose(window, "Your colours")
    window.app.get_by_label("Text", exact=True).fill("#f4f4f4")
    window.sees(window.app.get_by_text("contrast").first)


def _problems(window: Window) -> None:
    _opened(window)
    window.app.get_by_label("Pause between two").fill("soon")
    window.app.get_by_label("Never on these addresses").fill("careers, legal")
    _save(window)
    window.sees(window.app.get_by_role("alert").filter(visible=True).first)


def _saved(window: Window) -> None:
    _opened(window)
    _choose(window, "Warm" if window.kind.dark else "Light")
    window.app.get_by_label("Corner radius").fill(str(8 + len(window.kind.name)))
    _save(window)
    window.sees(window.page.get_by_text("Settings saved"))


def _conflict(window: Window) -> None:
    _opened(window)
    window.app.get_by_label("Pause between two").fill("45")
    gap = window.shop.ask("GET", "settings")["settings"]["pacing"]
    window.shop.decide(pacing=gap | {"gap": gap["gap"] + 1})
    _save(window)
    window.sees(window.app.locator("#settings-conflict"))


def _save(window: Window) -> None:
    window.page.get_by_role("button", name="Save", exact=True).click()


def _versions(window: Window) -> None:
    window.opens("/settings/versions", "Version history")


def _restored(window: Window) -> None:
    _versions(window)
    window.app.get_by_role("button", name="Restore").first.click()
    window.sees(window.page.get_by_text("restored").first)


def _pause(shop: Shop) -> None:
    shop.decide(paused=True)


def _go_on(shop: Shop) -> None:
    shop.decide(paused=False)


SCENES = (
    Scene("/settings", "settings", _opened),
    Scene("/settings", "settings, all of them", _opened, is_tall=True),
    Scene("/settings", "settings, not saved yet", _unsaved),
    Scene("/settings", "settings, preview of a phone", _preview_on_a_phone),
    Scene("/settings", "settings, too little contrast", _contrast, is_tall=True),
    Scene("/settings", "settings, problems", _problems, is_tall=True),
    Scene("/settings", "settings, saved", _saved),
    Scene("/settings", "settings, saved by somebody else", _conflict),
    Scene("/settings", "settings, paused", _paused, before=_pause, after=_go_on),
    Scene("/settings/versions", "versions", _versions, is_tall=True),
    Scene("/settings/versions", "versions, restored", _restored),
)
