"""The app's entries in the admin's navigation. Home is not one of them: the app's name is."""

from dataclasses import dataclass
from typing import Any

from litestar import Request


@dataclass(frozen=True)
class Entry:
    label: str
    path: str


ENTRIES = (
    Entry("Notifications", "/notifications"),
    Entry("Rules", "/rules"),
    Entry("Settings", "/settings"),
    Entry("API keys", "/api-keys"),
    Entry("Data requests", "/data-requests"),
)


def entries(request: Request[Any, Any, Any]) -> list[Entry]:
    """Those with a page behind them."""
    paths = {route.path for route in request.app.routes}
    return [entry for entry in ENTRIES if entry.path in paths]
