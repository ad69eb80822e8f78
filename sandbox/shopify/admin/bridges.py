"""App Bridge, and what its other half in the admin asks for."""

from pathlib import Path
from typing import Any

from litestar import Request, Response, get

from sandbox.shopify.admin.entrances import id_token
from sandbox.shopify.admin.staff import staff_of
from sandbox.shopify.stand_in import StandIn, stand_in_of

AnyRequest = Request[Any, Any, Any]
PARTS = Path(__file__).parent / "bridge"
BURST_MS = 1_000
DECEIVED_MS = 55_000

# One script with one scope, in the order in which the parts need each other.
ORDER = (
    "config",
    "channel",
    "id_tokens",
    "fetching",
    "toasts",
    "save_bars",
    "scopes",
    "navigation",
    "bouncing",
    "surface",
)


@get("/app-bridge.js")
async def script() -> Response[str]:
    parts = "\n".join((PARTS / f"{name}.js").read_text() for name in ORDER)
    headers = {"Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*"}
    content = f'(() => {{\n"use strict";\n{parts}}})();\n'
    return Response(content, media_type="text/javascript", headers=headers)


@get("/_admin/id-token")
async def create_token(request: AnyRequest) -> Response[dict[str, Any]]:
    """For the admin page only: other origins cannot read it."""
    stand_in = stand_in_of(request)
    shop = stand_in.world.shop(request.query_params.get("shop", ""))
    is_retry = request.query_params.get("retry") == "1"
    token = id_token(stand_in, shop, staff_of(request, shop), is_retry=is_retry)
    content = {"id_token": token, "reuse_ms": _reuse_ms(stand_in)}
    return Response(content, headers={"Cache-Control": "no-store"})


@get("/_admin/user")
async def user(request: AnyRequest) -> dict[str, str]:
    """What `shopify.user()` tells in the admin: no name, only how much the person may do."""
    shop = stand_in_of(request).world.shop(request.query_params.get("shop", ""))
    is_owner = staff_of(request, shop).is_owner
    return {"accountAccess": "Account Owner" if is_owner else "Full access"}


def _reuse_ms(stand_in: StandIn) -> int:
    """Long only where tokens die unnoticed, so that one does in the middle of somebody's work."""
    return DECEIVED_MS if stand_in.rudeness.tokens_expire_after_ms else BURST_MS


ROUTES = [script, create_token, user]
