"""A shop's settings, for programs."""

from typing import Any

import msgspec
from litestar import Request, get, put
from litestar.di import NamedDependency

from app.data import settings
from app.domain.settings import SavedSettings, ShopSettings
from app.doors import Doors
from app.errors import NOT_JSON, InputInvalid
from app.services import shop_settings
from app.shopify.id_tokens import Merchant

_decoder = msgspec.json.Decoder(ShopSettings)


@get("/settings", summary="Show the shop's settings")
async def show(merchant: NamedDependency[Merchant], doors: NamedDependency[Doors]) -> SavedSettings:
    async with doors.data.tenant(merchant.shop):
        return await settings.current(merchant.shop)


@put("/settings", summary="Save the shop's settings, whole")
async def update(
    request: Request[Any, Any, Any],
    merchant: NamedDependency[Merchant],
    doors: NamedDependency[Doors],
) -> SavedSettings:
    try:
        wanted = _decoder.decode(await request.body())
    except NOT_JSON as error:
        raise InputInvalid(f"The settings are not valid: {error}.") from error
    return await shop_settings.save(doors.data, doors.live, merchant, wanted, doors.clock())
