"""The shop's facts, its theme, and the app's installation."""

from typing import Annotated, Any
from zoneinfo import available_timezones

import msgspec
from litestar import Request, post

from sandbox.shopify.control.wishes import OneShop, Text, read
from sandbox.shopify.refusals import Refused
from sandbox.shopify.seeding import open_app
from sandbox.shopify.stand_in import stand_in_of

AnyRequest = Request[Any, Any, Any]
Json = dict[str, Any]
FACTS = ("name", "email", "currency", "timezone", "locale", "plan")
MONEY_FORMATS = {"EUR": "€{{amount}}", "USD": "${{amount}}", "GBP": "£{{amount}}"}


class Facts(msgspec.Struct, forbid_unknown_fields=True):
    shop: str
    name: Text | None = None
    email: Text | None = None
    currency: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")] | None = None
    timezone: Text | None = None
    locale: Annotated[str, msgspec.Meta(pattern="^[a-z]{2}(-[A-Z]{2})?$")] | None = None
    plan: Text | None = None


class Embed(msgspec.Struct, forbid_unknown_fields=True):
    """`possible`: whether the published theme takes app embeds."""

    shop: str
    on: bool | None = None
    possible: bool | None = None


@post("/_control/shops", status_code=200)
async def change(request: AnyRequest) -> Json:
    """The merchant changes the shop's settings; `shop/update` follows."""
    wish = await read(request, Facts)
    stand_in = stand_in_of(request)
    shop = stand_in.world.shop(wish.shop)
    facts = {name: value for name in FACTS if (value := getattr(wish, name)) is not None}
    if not facts:
        raise Refused(f"Give one of {', '.join(FACTS)}.")
    if facts.get("timezone", "UTC") not in available_timezones():
        raise Refused(f"There is no time zone {wish.timezone!r}.")
    if wish.currency is not None:
        money_format = MONEY_FORMATS.get(wish.currency, f"{{{{amount}}}} {wish.currency}")
        facts["money_format"] = money_format
    stand_in.front_desk.change(shop, **facts)
    return {"shop": shop.domain, **{name: getattr(shop, name) for name in FACTS}}


@post("/_control/uninstall", status_code=200)
async def uninstall(request: AnyRequest) -> Json:
    wish = await read(request, OneShop)
    stand_in = stand_in_of(request)
    shop = stand_in.world.shop(wish.shop)
    if not shop.installed:
        raise Refused(f"{shop.domain} has no app to uninstall.")
    stand_in.consents.uninstall(shop)
    return {"shop": shop.domain, "installed": False}


@post("/_control/install", status_code=200)
async def install(request: AnyRequest) -> Json:
    """Installs, and opens the app once, as a merchant's browser would."""
    wish = await read(request, OneShop)
    stand_in = stand_in_of(request)
    shop = stand_in.world.shop(wish.shop)
    stand_in.consents.install(shop)
    return {
        "shop": shop.domain,
        "installed": True,
        "app_status": await open_app(stand_in, shop),
    }


@post("/_control/embed", status_code=200)
async def switch_embed(request: AnyRequest) -> Json:
    """The app embed's switch in the theme editor, and whether the theme takes embeds at all."""
    wish = await read(request, Embed)
    shop = stand_in_of(request).world.shop(wish.shop)
    shop.takes_embeds = shop.takes_embeds if wish.possible is None else wish.possible
    shop.embed_active = shop.takes_embeds and (shop.embed_active if wish.on is None else wish.on)
    return {
        "shop": shop.domain,
        "embed_active": shop.embed_active,
        "takes_embeds": shop.takes_embeds,
    }


ROUTES = [change, uninstall, install, switch_embed]
