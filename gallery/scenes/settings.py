"""Settings with their preview."""

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


def _preview_opened(window: Window) -> None:
    """Beside the form it always is; on a phone it is a sheet."""
    _opened(window)
    toggle = window.app.get_by_role("button", name="Preview", exact=True)
    if toggle.is_visible():
        toggle.click()


def _preview_on_a_phone(window: Window) -> None:
    _preview_opened(window)
    window.app.locator("[data-preview-device][value=phone]").evaluate("choice => choice.click()")
    window.sees(window.app.locator("#preview [data-device=phone]"))


def _test_card(window: Window) -> None:
    _preview_opened(window)
    window.app.get_by_role("button", name="Send a test card").click()
    window.sees(window.app.locator("#test-card"), "Arrived")


def _long_words(window: Window) -> None:
    _opened(window)
    long = f"/collections/{'handmade-' * 18}vase"
    window.app.get_by_label("Only on these addresses").fill(long)
    window.app.get_by_label("The first name").check()
    window.app.get_by_label("No cards during some hours of the day").check()


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
    _choose(window, "Warm" if window.size.width > 700 else "Light")
    _save(window)
    window.sees(window.page.get_by_text("Settings saved"))


def _conflict(window: Window) -> None:
    _opened(window)
    window.app.get_by_label("Pause between two").fill("45")
    saved = window.shop.ask("GET", "settings")["settings"]
    window.shop.decide(pacing={"gap": saved["pacing"]["gap"] + 1})
    _save(window)
    window.sees(window.app.locator("#settings-conflict"))


def _save(window: Window) -> None:
    window.page.get_by_role("button", name="Save", exact=True).click()


def _frame(window: Window) -> None:
    """As it is before any card."""
    window.page.goto(f"{window.shop.app_url}/preview?shop={window.shop.domain}")
    window.sees(window.page.locator(".shop"))


def _pause(shop: Shop) -> None:
    shop.decide(paused=True)


def _go_on(shop: Shop) -> None:
    shop.decide(paused=False)


SCENES = (
    Scene("/settings", "settings", _opened),
    Scene("/settings", "settings, all of them", _opened, is_tall=True),
    Scene("/settings", "settings, not saved yet", _unsaved),
    Scene("/settings", "settings, preview of a phone", _preview_on_a_phone),
    Scene("/settings", "settings, test card", _test_card),
    Scene("/settings", "settings, long words", _long_words, is_tall=True),
    Scene("/settings", "settings, too little contrast", _contrast, is_tall=True),
    Scene("/settings", "settings, problems", _problems, is_tall=True),
    Scene("/settings", "settings, saved", _saved),
    Scene("/settings", "settings, saved by somebody else", _conflict),
    Scene("/settings", "settings, paused", _paused, before=_pause, after=_go_on),
    Scene("/preview", "preview frame", _frame),
)
