"""The shop itself, for programs: what Shopify says of it, and whether Earshot is at work there."""

from datetime import datetime

import msgspec
from litestar import get
from litestar.di import NamedDependency

from app.data import overviews, shops
from app.data.overviews import Catalogue
from app.domain.callers import Caller
from app.domain.shops import ShopFacts
from app.doors import Doors
from app.errors import ShopUnknown
from app.routes.api import descriptions
from app.shopify import topics


class Embed(msgspec.Struct, frozen=True):
    """Whether the theme shows Earshot, `on`, `off` or `unknown`, as of a moment."""

    status: str
    at: datetime | None


class Shop(msgspec.Struct, frozen=True, kw_only=True):
    """`facts` is null until Shopify was asked; the last two are null until there was one."""

    shop: str
    state: str
    installed_at: datetime
    facts: ShopFacts | None
    facts_at: datetime | None
    embed: Embed
    catalogue: Catalogue
    last_delivery_at: datetime | None
    last_notification_at: datetime | None


@get("/shop", summary="Show the shop and how it goes", responses=descriptions.refusals())
async def show(caller: NamedDependency[Caller], doors: NamedDependency[Doors]) -> Shop:
    async with doors.data.tenant(caller.shop) as connection:
        presence = await overviews.presence(connection, caller.shop)
        if presence is None:
            raise ShopUnknown(caller.shop)
        return Shop(
            shop=caller.shop,
            state=presence.state,
            installed_at=presence.installed_at,
            facts=await shops.facts(connection, caller.shop),
            facts_at=presence.facts_at,
            embed=Embed(presence.embed, presence.embed_at),
            catalogue=await overviews.catalogue(connection, caller.shop),
            last_delivery_at=await overviews.last_delivery(connection, caller.shop, topics.HEARD),
            last_notification_at=await overviews.last_notification(connection, caller.shop),
        )
