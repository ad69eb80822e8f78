"""Reset, seed, kinds, busy, deeds, rude, addresses and ID tokens."""

from typing import Any

import msgspec
from litestar import Request, Response, get, post

from sandbox.shopify import id_tokens
from sandbox.shopify.busyness import ROUND
from sandbox.shopify.control.wishes import DeedWish, Switch, TokenWish, read
from sandbox.shopify.refusals import Refused
from sandbox.shopify.rudeness import Rudeness
from sandbox.shopify.seeding import seed
from sandbox.shopify.stand_in import StandIn, stand_in_of

AnyRequest = Request[Any, Any, Any]
Json = dict[str, Any]


@post("/_control/reset", status_code=200)
async def reset(request: AnyRequest) -> Json:
    stand_in_of(request).start_anew()
    return {"reset": True}


@post("/_control/seed", status_code=200)
async def plant(request: AnyRequest) -> Response[Json]:
    """502 when the app did not take everything."""
    report = await seed(stand_in_of(request))
    return Response(report, status_code=200 if report["ok"] else 502)


@post("/_control/kinds", status_code=200)
async def switch_all_kinds_on(request: AnyRequest) -> Response[Json]:
    """In both shops; 502 when the app did not take everything."""
    stand_in = stand_in_of(request)
    shops = stand_in.world.shops.values()
    found = {shop.domain: await stand_in.app_user.switch_all_kinds_on(shop) for shop in shops}
    is_done = all(found.values())
    return Response({"ok": is_done, "shops": found}, status_code=200 if is_done else 502)


@post("/_control/deeds", status_code=200)
async def do(request: AnyRequest) -> Json:
    """One of what happens by itself while it is busy."""
    wish = await read(request, DeedWish)
    stand_in = stand_in_of(request)
    if wish.deed not in ROUND:
        raise Refused(f"There is no deed {wish.deed!r}; there are {', '.join(ROUND)}.")
    await stand_in.busyness.happens(stand_in.world.shop(wish.shop), wish.deed)
    return {"deed": wish.deed}


@get("/_control/busy")
async def busy(request: AnyRequest) -> Json:
    return {"on": stand_in_of(request).busyness.is_on}


@post("/_control/busy", status_code=200)
async def switch_busy(request: AnyRequest) -> Json:
    wish = await read(request, Switch)
    busyness = stand_in_of(request).busyness
    if wish.on:
        busyness.start()
    else:
        busyness.stop()
    return {"on": busyness.is_on}


@get("/_control/rude")
async def rude(request: AnyRequest) -> Json:
    return msgspec.structs.asdict(stand_in_of(request).rudeness)


@post("/_control/rude", status_code=200)
async def be_rude(request: AnyRequest) -> Json:
    """Changes what is named and leaves the rest."""
    stand_in = stand_in_of(request)
    wanted = await read(request, dict[str, Any])
    try:
        rudeness = msgspec.convert(
            {**msgspec.structs.asdict(stand_in.rudeness), **wanted}, Rudeness
        )
    except msgspec.ValidationError as error:
        raise Refused(f"The body does not fit: {error}.") from error
    stand_in.be_rude(rudeness)
    return msgspec.structs.asdict(stand_in.rudeness)


@get("/_control/urls")
async def urls(request: AnyRequest) -> Json:
    return addresses(stand_in_of(request))


@post("/_control/tokens", status_code=200)
async def id_token(request: AnyRequest) -> Json:
    """An ID token of any kind, right or wrong, for tests of the app's front door."""
    wish = await read(request, TokenWish)
    stand_in = stand_in_of(request)
    options = stand_in.options
    known = stand_in.world.shops.get(wish.shop)
    user = known.member(wish.staff).id if known else 1
    claims = id_tokens.claims(wish.shop, options.api_key, user, expires_in=wish.expires_in)
    claims = {
        name: value for name, value in {**claims, **wish.overrides}.items() if value is not None
    }
    secret = options.api_secret if wish.secret is None else wish.secret
    return {"id_token": id_tokens.encode(claims, secret, wish.alg), "claims": claims}


ROUTES = [reset, plant, switch_all_kinds_on, do, busy, switch_busy, rude, be_rude, urls, id_token]


def addresses(stand_in: StandIn) -> Json:
    options = stand_in.options
    shops = list(options.storefronts)
    return {
        "admin_url": options.app_page(shops[0]),
        "admin_urls": {shop: options.app_page(shop) for shop in shops},
        "control_url": f"{options.admin_origin}/_control",
        "app_url": options.app_url,
        "stream_url": options.stream_url,
        "storefronts": {shop: options.storefront_origin(shop) for shop in shops},
        "shops": shops,
        "api_key": options.api_key,
    }
