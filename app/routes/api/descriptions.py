"""How the API describes itself to programs: OpenAPI, with who may ask and what may go wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from litestar.openapi import OpenAPIConfig, ResponseSpec
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import (
    Components,
    OpenAPIMediaType,
    Operation,
    Reference,
    RequestBody,
    SecurityScheme,
)

from app.routes import problems

_ABOUT = """\
Everything here is one shop's: that of the ID token or API key in `Authorization: Bearer`. API keys
are made in Earshot's pages inside the Shopify admin. What goes wrong is told as in RFC 9457.
"""

_SCHEMES = {
    "id_token": SecurityScheme(
        type="http",
        scheme="bearer",
        bearer_format="JWT",
        description="Shopify's ID token, as App Bridge sends it.",
    ),
    "api_key": SecurityScheme(
        type="http",
        scheme="bearer",
        bearer_format="earshot_<id>_<secret>",
        description="A key that was made for a program.",
    ),
}


def openapi() -> OpenAPIConfig:
    # The document alone: pages that draw it would load scripts of others on this origin.
    return OpenAPIConfig(
        title="Earshot",
        version="1",
        description=_ABOUT,
        path="/api/schema",
        render_plugins=[JsonRenderPlugin(path="/")],
        components=Components(security_schemes={**_SCHEMES}),
        security=[{"id_token": []}, {"api_key": []}],
    )


def refusals(
    *statuses: int, stale: type[problems.Problem] = problems.StaleSettings
) -> Mapping[int, ResponseSpec]:
    """What may go wrong with every request, and in these ways."""
    return {status: _refusal(status, stale) for status in (401, 404, 503, *statuses)}


def body_of(schema: str) -> type[Operation]:
    """An operation that takes a document which its handler reads by itself."""

    @dataclass
    class WithBody(Operation):
        def __post_init__(self) -> None:
            reference = Reference(ref=f"#/components/schemas/{schema}")
            self.request_body = RequestBody(
                content={"application/json": OpenAPIMediaType(schema=reference)}, required=True
            )

    return WithBody


_SAID = {
    400: ("The request cannot be understood.", problems.Problem),
    401: ("The ID token or API key is missing or opens nothing.", problems.Problem),
    404: ("The shop has no such thing, or Earshot is not installed in it.", problems.Problem),
    409: ("Somebody has saved since.", problems.StaleSettings),
    413: ("The body is too large.", problems.Problem),
    422: (
        "What was sent does not fit together; `errors` says why, by field.",
        problems.InvalidSettings,
    ),
    503: (
        "A service that this needs is away; `Retry-After` says when to ask again.",
        problems.Problem,
    ),
}


def _refusal(status: int, stale: type[problems.Problem]) -> ResponseSpec:
    description, document = _SAID[status]
    if status == HTTPStatus.CONFLICT:
        document = stale
    return ResponseSpec(
        document,
        generate_examples=False,
        description=description,
        media_type=problems.MEDIA_TYPE,
    )
