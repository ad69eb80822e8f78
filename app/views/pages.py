"""One address, two answers: the whole page, or the part of it that htmx asked for.

htmx 4 names its request headers differently from htmx 2, for which Litestar's plugin is
written; the few that matter are read here.
"""

from typing import Any

from litestar import Request
from litestar.response import Template

_VARY = {"Vary": "HX-Request, HX-Request-Type"}


def page(
    request: Request[Any, Any, Any], name: str, *, fragment: str | None = None, **context: object
) -> Template:
    """The page `name`, or its `fragment` if htmx wants to put that into an open page."""
    chosen = fragment if fragment and wants_fragment(request) else name
    return Template(chosen, context=context, headers=_VARY)


def fragment(
    name: str,
    *,
    event: str | None = None,
    toast: str | None = None,
    status_code: int = 200,
    **context: object,
) -> Template:
    """The answer to a change: a fragment, the fact as an htmx event, a word to the merchant."""
    headers = {"HX-Trigger": event} if event else {}
    if toast is not None:
        context |= {"fragment_name": name, "toast": toast}
        name = "layouts/fragment.html"
    return Template(name, context=context, headers=headers, status_code=status_code)


def wants_fragment(request: Request[Any, Any, Any]) -> bool:
    """htmx says `full` when it aims at the whole body: boosted links, a page of the history."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-Request-Type") == "partial"
