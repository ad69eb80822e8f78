"""The admin's styles and behaviours: each written in a file of its own, all sent as one of each.

Forty small requests would weigh more in headers than in content, and paint later.
"""

import hashlib
from functools import cache

from app.views.assets import STATIC

# Later styles go before earlier ones.
STYLES = (
    "theme",
    "base",
    "layout",
    "page-header",
    "card",
    "badge",
    "button",
    "banner",
    "empty-state",
    "rows",
    "thumbnail",
    "figures",
    "link",
    "standing",
    "steps",
    "reasons",
    "states",
    "toast",
    "loading-bar",
    "notices",
    "field",
    "input",
    "choice",
    "segments",
    "tags",
    "rules",
    "picker",
    "slider",
    "tabs",
    "filters",
    "pills",
    "pagination",
    "index-table",
    "skeleton",
    "history",
    "told",
    "receipt",
    "proof",
    "details",
    "dialog",
    "copyable",
    "api-keys",
    "data-requests",
    "dead-letters",
    "settings",
    "themes",
    "conflict",
    "versions",
    "preview",
)
BEHAVIOURS = (
    "navigation",
    "failures",
    "offline",
    "toasts",
    "saving",
    "colour-fields",
    "range-fields",
    "dismissals",
    "dialogs",
    "copying",
    "downloads",
    "drafts",
    "preview-frames",
    "preview-state",
    "test-cards",
    "told-card",
    "live-state",
    "embeds",
    "newest-first",
    "in-place",
    "pills",
    "retractions",
    "ago",
    "pictures",
    "steady",
)


@cache
def styles() -> str:
    return "\n".join(_read("css", name) for name in STYLES)


@cache
def behaviours() -> str:
    """An ES module; each file in a block of its own, so that no name meets another's."""
    return "\n".join(f"{{\n{_read('js', name)}}}" for name in BEHAVIOURS)


CONTENTS = {"earshot.css": styles, "earshot.js": behaviours}


@cache
def address(name: str) -> str:
    """Where a browser gets a bundle; its address changes with its bytes: cache it forever."""
    digest = hashlib.sha256(CONTENTS[name]().encode()).hexdigest()
    return f"/bundles/{name}?v={digest[:12]}"


def _read(folder: str, name: str) -> str:
    return (STATIC / folder / f"{name}.{folder}").read_text()
