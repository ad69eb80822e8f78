"""What the widget asks of the web process: its configuration, and to note what shoppers did.

Any storefront may ask, without credentials: a shop has as many domains as it likes. Neither request
needs a preflight: one is a plain GET, the other a POST of plain text.
"""

import hashlib
from typing import Any

import msgspec
from litestar import MediaType, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app import telemetry
from app.domain import shops
from app.domain.interactions import Batch
from app.doors import Doors
from app.errors import NOT_JSON, InputInvalid, ShopUnknown
from app.services import interactions, storefront

LARGEST_BEACON = 64_000
_ANY_ORIGIN = {"Access-Control-Allow-Origin": "*"}
# Seconds, not minutes: a card that was taken back must not come again from a cache.
_CACHING = {"Cache-Control": "public, max-age=2, s-maxage=2"}
_batches = msgspec.json.Decoder(Batch)


@get("/storefront/{shop:str}/config.json", include_in_schema=False, media_type=MediaType.JSON)
async def show_config(
    request: Request[Any, Any, Any], shop: FromPath[str], doors: NamedDependency[Doors]
) -> Response[bytes]:
    """`?v=` is the version of the widget that asks."""
    now = doors.clock()
    config = await storefront.config(doors.data, doors.live, doors.settings, _known(shop), now)
    doors.live.widgets.note(shop, request.query_params.get("v", ""), now)
    content = msgspec.json.encode(config)
    etag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    headers = {**_ANY_ORIGIN, **_CACHING, "ETag": etag}
    if etag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers)
    return Response(content, media_type=MediaType.JSON, headers=headers)


@post(
    "/storefront/{shop:str}/interactions",
    status_code=204,
    request_max_body_size=LARGEST_BEACON,
    include_in_schema=False,
)
async def create_interactions(
    request: Request[Any, Any, Any], shop: FromPath[str], doors: NamedDependency[Doors]
) -> Response[None]:
    """A beacon comes as text/plain, which needs no preflight."""
    try:
        batch = _batches.decode(await request.body())
    except NOT_JSON as error:
        telemetry.INTERACTIONS.labels("refused").inc()
        raise InputInvalid(f"The batch of interactions is not readable: {error}.") from error
    await interactions.keep(doors.data, _known(shop), batch)
    return Response(None, status_code=204, headers=_ANY_ORIGIN)


def _known(shop: str) -> str:
    if not shops.is_domain(shop):
        raise ShopUnknown(shop)
    return shop
