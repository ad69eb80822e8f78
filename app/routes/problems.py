"""Turns broken promises into answers: a problem document for programs, a page for people."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import msgspec
import structlog
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.response import Redirect, Template

from app import telemetry
from app.domain.rules import Rule, RuleStale
from app.domain.settings import SavedSettings, SettingsInvalid, SettingsStale
from app.errors import (
    ApiKeyRefused,
    ApiKeyUnknown,
    AuthorizationRefused,
    DeadLetterUnknown,
    DoorUnavailable,
    ExportUnknown,
    GrantRefused,
    HeaderMissing,
    IdTokenInvalid,
    InputInvalid,
    NotificationUnknown,
    RuleInvalid,
    RuleUnknown,
    SettingsVersionUnknown,
    ShopUnknown,
    SignatureMismatch,
)
from app.routes import cross_origin, framing, identity
from app.routes.doors import doors_of
from app.routes.identity import FreshTokenNeeded, OutOfFrame, OutsideOfAdmin
from app.views.links import Link

log = structlog.get_logger()

AnyRequest = Request[Any, Any, Any]
MEDIA_TYPE = "application/problem+json"
_CHALLENGE = {"WWW-Authenticate": "Bearer"}
_RETRY = {"X-Shopify-Retry-Invalid-Session-Request": "1", **_CHALLENGE}
_REAUTHORIZE = "X-Shopify-API-Request-Failure-Reauthorize-Url"
_WEBHOOKS = "/webhooks/"


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """RFC 9457, "Problem Details for HTTP APIs"."""

    title: str
    status: int
    detail: str
    type: str = "about:blank"


class InvalidSettings(Problem, frozen=True, kw_only=True):
    """Settings that do not fit together: a sentence for each field, by its path."""

    errors: dict[str, str]


class StaleSettings(Problem, frozen=True, kw_only=True):
    """`yours` is what you sent, with the version that you began from; `theirs` is the newest."""

    yours: SavedSettings
    theirs: SavedSettings


class StaleRule(Problem, frozen=True, kw_only=True):
    """`yours` is what you sent, with the version that you began from; `theirs` is the newest."""

    yours: Rule
    theirs: Rule


def no_token(request: AnyRequest, error: IdTokenInvalid) -> Response[Any]:
    """App Bridge gets a new token on this header and asks once more."""
    telemetry.TOKENS_REFUSED.inc()
    return _problem(request, 401, "Unauthorized", str(error), _RETRY)


def no_key(request: AnyRequest, error: ApiKeyRefused) -> Response[Any]:
    """Without the header for App Bridge: nobody could get a better key by asking again."""
    telemetry.TOKENS_REFUSED.inc()
    return _problem(request, 401, "Unauthorized", str(error), _CHALLENGE)


def no_signature(request: AnyRequest, error: SignatureMismatch) -> Response[Any]:
    return _problem(request, 401, "Unauthorized", str(error))


def bad_input(request: AnyRequest, error: InputInvalid | HeaderMissing) -> Response[Any]:
    return _problem(request, 400, "Bad Request", str(error))


def no_shop(request: AnyRequest, error: ShopUnknown) -> Response[Any]:
    return _problem(request, 404, "Not Found", "Earshot is not installed in this shop.")


def not_authorized(
    request: AnyRequest, error: AuthorizationRefused | GrantRefused
) -> Response[Any]:
    if isinstance(error, GrantRefused):
        return _problem(request, 400, "Shopify granted no access", _NO_GRANT)
    return _problem(request, 400, "Installation refused", str(error))


def no_notification(request: AnyRequest, error: NotificationUnknown) -> Response[Any]:
    return _problem(request, 404, "Not Found", "There is no such notification.")


def no_such_key(request: AnyRequest, error: ApiKeyUnknown) -> Response[Any]:
    return _problem(request, 404, "Not Found", "There is no such API key.")


def no_export(request: AnyRequest, error: ExportUnknown) -> Response[Any]:
    return _problem(request, 404, "Not Found", "There is no such document, or not any more.")


def no_letter(request: AnyRequest, error: DeadLetterUnknown) -> Response[Any]:
    return _problem(request, 404, "Not Found", "There is no such event here, or not any more.")


def no_version(request: AnyRequest, error: SettingsVersionUnknown) -> Response[Any]:
    return _problem(request, 404, "Not Found", "There is no such version of the settings.")


def invalid_settings(request: AnyRequest, error: SettingsInvalid) -> Response[Any]:
    return _refused(
        request,
        InvalidSettings(
            title="Invalid settings", status=422, detail=str(error), errors=error.problems
        ),
    )


def no_rule(request: AnyRequest, error: RuleUnknown) -> Response[Any]:
    return _problem(request, 404, "Not Found", "There is no such rule.")


def invalid_rule(request: AnyRequest, error: RuleInvalid) -> Response[Any]:
    return _refused(
        request,
        InvalidSettings(title="Invalid rule", status=422, detail=str(error), errors=error.problems),
    )


def stale_rule(request: AnyRequest, error: RuleStale) -> Response[Any]:
    return _refused(
        request,
        StaleRule(
            title="Saved meanwhile",
            status=409,
            detail=str(error),
            yours=error.yours,
            theirs=error.theirs,
        ),
    )


def stale_settings(request: AnyRequest, error: SettingsStale) -> Response[Any]:
    return _refused(
        request,
        StaleSettings(
            title="Saved meanwhile",
            status=409,
            detail=str(error),
            yours=error.yours,
            theirs=error.theirs,
        ),
    )


def away(request: AnyRequest, error: DoorUnavailable) -> Response[Any]:
    return _problem(request, 503, "Service Unavailable", _AWAY, {"Retry-After": "2"})


def of_http(request: AnyRequest, error: HTTPException) -> Response[Any]:
    if error.status_code >= 500:
        # What a handler was to be given is not what it asks for: a mistake of ours.
        return unexpected(request, error)
    headers = dict(error.headers or {})
    detail = _NO_PAGE if error.detail == HTTPStatus.NOT_FOUND.phrase else _told(error)
    return _problem(request, error.status_code, "Request refused", detail, headers)


def _told(error: HTTPException) -> str:
    """With what is wrong with the body, where Litestar says so."""
    extra: Any = error.extra if isinstance(error, ValidationException) else None
    said = [str(each["message"]) for each in extra or () if "message" in each]
    return f"The request is not valid: {'; '.join(said)}." if said else error.detail


def no_file(request: AnyRequest, error: Exception) -> Response[Any]:
    return _problem(request, 404, "Not Found", _NOWHERE)


def unexpected(request: AnyRequest, error: Exception) -> Response[Any]:
    log.error("request failed", path=request.scope["path"], exc_info=error)
    return _problem(request, 500, "Internal Server Error", _UNEXPECTED)


def fresh_token(request: AnyRequest, error: FreshTokenNeeded) -> Response[Any]:
    return Redirect(error.location, status_code=302, headers={"Cache-Control": "no-store"})


def outside(request: AnyRequest, error: OutsideOfAdmin) -> Response[Any]:
    if error.location:
        return Redirect(error.location, status_code=302)
    return _page(request, 400, "Open Earshot from your Shopify admin", _OUTSIDE, tone="info")


def out_of_frame(request: AnyRequest, error: OutOfFrame) -> Response[Any]:
    """App Bridge leaves on the header; a document has to do it by itself."""
    if identity.is_fetch(request):
        return _problem(request, 401, "Unauthorized", str(error), {_REAUTHORIZE: error.location})
    settings = doors_of(request.app.state).settings
    return Template(
        "auth/leaving.html",
        context={
            "api_key": settings.shopify_api_key,
            "app_bridge_url": settings.app_bridge_url,
            "location": error.location,
        },
        headers=framing.bridged_headers(settings, identity.shop_that_may_frame(request)),
    )


# What people read over the sentence.
_HEADINGS = {
    404: "There is nothing here",
    500: "Something went wrong",
    503: "Earshot is away for a moment",
}
_AWAY = "Earshot cannot reach one of its services just now. Please try again in a moment."
_UNEXPECTED = "Something went wrong on our side. It has been noted."
_NOWHERE = "There is nothing at this address."
_NO_PAGE = "No page has this address. It may have been mistyped."
_NO_GRANT = "Shopify refused to grant access. Please begin the installation once more."
_OUTSIDE = "Earshot works inside the Shopify admin: open it there under Apps."


def _problem(
    request: AnyRequest,
    status: int,
    title: str,
    detail: str,
    headers: dict[str, str] | None = None,
) -> Response[Any]:
    return _refused(request, Problem(title=title, status=status, detail=detail), headers)


def _refused(
    request: AnyRequest, problem: Problem, headers: dict[str, str] | None = None
) -> Response[Any]:
    _tell(request, problem)
    if _wants_page(request):
        title = _HEADINGS.get(problem.status, problem.title)
        return _page(request, problem.status, title, problem.detail, headers)
    return Response(
        msgspec.json.encode(problem),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers={
            "Cache-Control": "no-store",
            **(headers or {}),
            **cross_origin.headers_of(request.scope["path"]),
        },
    )


def _tell(request: AnyRequest, problem: Problem) -> None:
    telemetry.REQUESTS_REFUSED.labels(str(problem.status)).inc()
    if request.scope["path"].startswith(_WEBHOOKS):
        telemetry.DELIVERIES.labels(f"refused-{problem.status}").inc()
    log.info(
        "request refused",
        method=request.method,
        path=request.scope["path"],
        status=problem.status,
        reason=problem.detail,
        shop=request.headers.get("x-shopify-shop-domain"),
    )


def _page(
    request: AnyRequest,
    status: int,
    title: str,
    sentence: str,
    headers: dict[str, str] | None = None,
    tone: str = "critical",
) -> Response[Any]:
    settings = doors_of(request.app.state).settings
    shop = identity.shop_that_may_frame(request)
    return Template(
        "problems/index.html",
        context={
            "title": title,
            "sentence": sentence,
            "tone": tone,
            "way_on": _way_on(request, status),
        },
        status_code=status,
        media_type=MediaType.HTML,
        headers={**framing.headers(settings, shop), **(headers or {})},
    )


def _way_on(request: AnyRequest, status: int) -> Link | None:
    if status >= 500:
        return Link("Try again", _anew(request, request.scope["path"]))
    return Link("Go to Earshot", _anew(request, "/")) if status == 404 else None


def _anew(request: AnyRequest, path: str) -> str:
    """A page for which App Bridge then fetches a token that has not grown old."""
    kept = [(name, value) for name, value in identity.query_of(request) if name != "id_token"]
    return f"{path}?{urlencode(kept)}"


def _wants_page(request: AnyRequest) -> bool:
    return "text/html" in request.headers.get("accept", "") and "hx-request" not in request.headers


HANDLERS: dict[Any, Any] = {
    IdTokenInvalid: no_token,
    ApiKeyRefused: no_key,
    SignatureMismatch: no_signature,
    InputInvalid: bad_input,
    HeaderMissing: bad_input,
    ShopUnknown: no_shop,
    DoorUnavailable: away,
    NotificationUnknown: no_notification,
    RuleInvalid: invalid_rule,
    RuleStale: stale_rule,
    RuleUnknown: no_rule,
    ApiKeyUnknown: no_such_key,
    ExportUnknown: no_export,
    DeadLetterUnknown: no_letter,
    SettingsInvalid: invalid_settings,
    SettingsStale: stale_settings,
    SettingsVersionUnknown: no_version,
    FreshTokenNeeded: fresh_token,
    OutsideOfAdmin: outside,
    OutOfFrame: out_of_frame,
    AuthorizationRefused: not_authorized,
    GrantRefused: not_authorized,
    HTTPException: of_http,
    Exception: unexpected,
}
