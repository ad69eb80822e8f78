"""Sentences instead of stack traces."""

from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException

from sandbox.shopify.refusals import Refused, Unknown

AnyRequest = Request[Any, Any, Any]


def on_refused(_: AnyRequest, refusal: Refused) -> Response[dict[str, str]]:
    return Response({"error": str(refusal)}, status_code=400)


def on_unknown(_: AnyRequest, unknown: Unknown) -> Response[dict[str, str]]:
    return Response({"error": str(unknown)}, status_code=404)


def on_http(_: AnyRequest, error: HTTPException) -> Response[dict[str, str]]:
    return Response({"error": error.detail}, status_code=error.status_code)


HANDLERS: dict[int | type[Exception], Any] = {
    Refused: on_refused,
    Unknown: on_unknown,
    HTTPException: on_http,
}
