"""Rules: the list, and one of each sort of page."""

from gallery.scenes.scene import Scene
from gallery.windows import Window


def _listed(window: Window) -> None:
    window.opens("/rules", "Rules")
    window.sees(window.app.get_by_role("link", name="Announcement"))


def _adding(window: Window) -> None:
    _listed(window)
    window.app.get_by_role("button", name="Add rule").first.click()
    window.sees(window.app.get_by_role("dialog"))


def _opened(window: Window, title: str = "Recent order") -> None:
    _listed(window)
    window.app.get_by_role("link", name=title).first.click()
    window.sees(window.app.get_by_role("heading", name=title))
    card = window.app.frame_locator("#preview iframe").locator("earshot-card .card")
    card.wait_for(state="attached")  # on a phone the preview is closed at first


def _worded(window: Window) -> None:
    _opened(window)
    words = "{name} has just bought {product|short}"
    window.app.get_by_label("English", exact=True).fill(words)
    search = window.app.get_by_label("Search products", exact=True)
    search.fill("a")
    window.app.locator("#field-filters-only-products-choices .tag").first.click()


def _problems(window: Window) -> None:
    _opened(window, "Order count")
    window.app.get_by_label("English", exact=True).fill("{count, plural, one {once}} {nobody}")
    window.app.get_by_label("Told from").fill("many")
    window.page.get_by_role("button", name="Save", exact=True).click()
    window.sees(window.app.get_by_role("alert").filter(visible=True).first)


def _announcement(window: Window) -> None:
    _listed(window)
    window.app.get_by_role("link", name="Announcement").click()
    window.sees(window.app.get_by_role("button", name="Publish now"))


def _played(window: Window) -> None:
    _opened(window)
    window.app.get_by_role("button", name="Play the last 7 days").click()
    window.sees(window.app.locator("#rehearsal"), "by this rule")


SCENES = (
    Scene("/rules", "rules", _listed),
    Scene("/rules", "rules, adding one", _adding),
    Scene("/rules/{rule_id:uuid}", "rule", _opened),
    Scene("/rules/{rule_id:uuid}", "rule, all of it", _worded, is_tall=True),
    Scene("/rules/{rule_id:uuid}", "rule, problems", _problems, is_tall=True),
    Scene("/rules/{rule_id:uuid}", "rule, rehearsal", _played, is_tall=True),
    Scene("/rules/{rule_id:uuid}", "rule, announcement", _announcement),
)
