"""One address, three answers: the whole document, its main part, or a fragment of that.

htmx 4 names its request headers differently from htmx 2, for which Litestar's plugin is
written; the few that matter are read here.
"""

from typing import Any

from litestar import Request
from litestar.response import Template

from app.views import navigation

AnyRequest = Request[Any, Any, Any]

_MAIN = "main#main"
_VARY = {
    "Vary": "HX-Request, HX-Request-Type, HX-Target, HX-History-Restore-Request, X-Shopify-Bounce"
}


def page(
    request: AnyRequest,
    name: str,
    *,
    fragment: str | None = None,
    status_code: int = 200,
    **context: object,
) -> Template:
    """The page `name` as a document, or as the main part of an open one, or just its `fragment`."""
    if fragment and wants_fragment(request):
        return Template(fragment, context=context, headers=_VARY, status_code=status_code)
    context |= {"is_document": not wants_main(request), "navigation": navigation.entries(request)}
    return Template(name, context=context, headers=_VARY, status_code=status_code)


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


def target(request: AnyRequest) -> str:
    """What the answer is put into: its tag, and its id behind a `#`."""
    return request.headers.get("HX-Target", "")


def wants_document(request: AnyRequest) -> bool:
    return not wants_main(request) and not wants_fragment(request)


def wants_main(request: AnyRequest) -> bool:
    """A link inside the app (static/js/navigation.js), or a way back in the browser's history."""
    headers = request.headers
    if _becomes_the_document(request):
        return False
    return target(request) == _MAIN or "HX-History-Restore-Request" in headers


def wants_fragment(request: AnyRequest) -> bool:
    """Whether the answer goes to a place inside the main part. htmx says `full` for a document."""
    headers = request.headers
    if _becomes_the_document(request):
        return False
    is_partial = headers.get("HX-Request-Type") == "partial"
    return headers.get("HX-Request") == "true" and is_partial and not wants_main(request)


def _becomes_the_document(request: AnyRequest) -> bool:
    """App Bridge fetches the page for its bounce page, which then becomes it."""
    return "X-Shopify-Bounce" in request.headers
