"""API keys: none, a new one, several, one that is revoked."""

from gallery.scenes.scene import Scene
from gallery.windows import Window


def _opened(window: Window) -> None:
    window.opens("/api-keys", "API keys")


def _asked_for_a_name(window: Window) -> None:
    _opened(window)
    window.app.get_by_role("button", name="Create key").first.click()
    window.sees(window.app.locator("dialog[open]"))


def _without_a_name(window: Window) -> None:
    _asked_for_a_name(window)
    _create(window)
    window.sees(window.app.locator("dialog[open] [aria-invalid=true]"))


def _created(window: Window) -> None:
    _asked_for_a_name(window)
    window.app.get_by_label("Name").fill(
        "Till in Lyon" if window.size.width > 700 else "Stock counter"
    )
    _create(window)
    window.sees(window.app.locator("#new-api-key"))


def _create(window: Window) -> None:
    window.app.locator("#api-key-form").get_by_role("button", name="Create key").click()


def _asked_to_revoke(window: Window) -> None:
    _opened(window)
    window.app.get_by_role("button", name="Revoke").first.click()
    window.sees(window.app.locator("dialog[open]"))


def _revoked(window: Window) -> None:
    _asked_to_revoke(window)
    window.app.locator("dialog[open]").get_by_role("button", name="Revoke key").click()
    window.sees(window.app.get_by_role("heading", name="Revoked", exact=True))


SCENES = (
    Scene("/api-keys", "API keys, none", _opened),
    Scene("/api-keys", "API keys, a name", _asked_for_a_name),
    Scene("/api-keys", "API keys, no name", _without_a_name),
    Scene("/api-keys", "API keys, a new one", _created),
    Scene("/api-keys", "API keys", _opened, is_tall=True),
    Scene("/api-keys", "API keys, to be revoked", _asked_to_revoke),
    Scene("/api-keys", "API keys, revoked", _revoked, is_tall=True),
)
