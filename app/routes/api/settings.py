"""A shop's settings, for programs."""

import re
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, put
from litestar.di import NamedDependency
from litestar.params import HeaderParameter

from app.data import settings
from app.domain.callers import Caller
from app.domain.settings import SavedSettings, ShopSettings
from app.doors import Doors
from app.errors import NOT_JSON, InputInvalid
from app.routes.api import descriptions
from app.services import shop_settings

LARGEST = 64_000

_decoder = msgspec.json.Decoder(ShopSettings)
# Proxies that compress an answer mark its tag as weak; the version is the same.
_TAG = re.compile(r'(?:W/)?"(0|[1-9][0-9]{0,8})"', re.ASCII)


@get("/settings", summary="Show the shop's settings", responses=descriptions.refusals())
async def show(
    caller: NamedDependency[Caller], doors: NamedDependency[Doors]
) -> Response[SavedSettings]:
    async with doors.data.tenant(caller.shop):
        return _tagged(await settings.current(caller.shop))


@put(
    "/settings",
    summary="Save the shop's settings, whole",
    description="`If-Match` with the `ETag` of the settings that you changed keeps you from "
    "overwriting what somebody else has saved since. Fields that are left out get their defaults.",
    operation_class=descriptions.body_of("ShopSettings"),
    request_max_body_size=LARGEST,
    responses=descriptions.refusals(400, 409, 413, 422),
)
async def update(
    request: Request[Any, Any, Any],
    caller: NamedDependency[Caller],
    doors: NamedDependency[Doors],
    if_match: Annotated[str | None, HeaderParameter(name="If-Match")] = None,
) -> Response[SavedSettings]:
    wanted = _read(await request.body())
    saved = await shop_settings.save(
        doors.data, doors.live, caller, wanted, doors.clock(), on_top_of=_version(if_match)
    )
    return _tagged(saved)


def _read(body: bytes) -> ShopSettings:
    try:
        return _decoder.decode(body)
    except NOT_JSON as error:
        raise InputInvalid(f"The settings are not valid: {error}.") from error


def _version(if_match: str | None) -> int | None:
    """None where the newest settings may be overwritten, whichever they are."""
    if if_match is None or if_match == "*":
        return None
    tag = _TAG.fullmatch(if_match)
    if tag is None:
        raise InputInvalid("`If-Match` is not the `ETag` of the shop's settings.")
    return int(tag[1])


def _tagged(saved: SavedSettings) -> Response[SavedSettings]:
    return Response(saved, headers={"ETag": f'"{saved.version}"'})
