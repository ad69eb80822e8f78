"""The token endpoint: exchange, refresh and authorization code."""

from typing import Any

import msgspec
from litestar import Request, Response, post

from sandbox.shopify import id_tokens
from sandbox.shopify.admin_api.clients import outage, shop_of
from sandbox.shopify.admin_api.tokens import ACCESS_LIFE, REFRESH_LIFE, Grant
from sandbox.shopify.stand_in import StandIn, stand_in_of
from sandbox.shopify.state.shops import Shop

AnyRequest = Request[Any, Any, Any]
Json = dict[str, Any]

EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token"
OFFLINE = "urn:shopify:params:oauth:token-type:offline-access-token"
ONLINE = "urn:shopify:params:oauth:token-type:online-access-token"

# What each kind of token may be had for.
_SUBJECTS = {OFFLINE: (ID_TOKEN, OFFLINE), ONLINE: (ID_TOKEN,)}


@post("/shops/{shop:str}/admin/oauth/access_token", status_code=200)
async def create(request: AnyRequest) -> Response[Any]:
    stand_in = stand_in_of(request)
    shop = shop_of(request)
    if (refused := await outage(stand_in)) is not None:
        return refused
    wanted = await _parameters(request)
    if not shop.installed or not _is_our_client(stand_in, wanted):
        return _error("invalid_client", "The client id or secret is wrong, or the app is gone.")
    if wanted.get("grant_type") == EXCHANGE:
        return _exchange(stand_in, shop, wanted)
    if wanted.get("grant_type") == "refresh_token":
        return _refresh(stand_in, shop, wanted)
    return _redeem(stand_in, shop, wanted)


ROUTES = [create]


async def _parameters(request: AnyRequest) -> Json:
    """JSON or a form, as the real one takes both."""
    if request.content_type[0] == "application/x-www-form-urlencoded":
        return {name: str(value) for name, value in (await request.form()).items()}
    try:
        return msgspec.json.decode(await request.body(), type=dict[str, Any])
    except msgspec.DecodeError:
        return {}


def _is_our_client(stand_in: StandIn, wanted: Json) -> bool:
    options = stand_in.options
    given = (wanted.get("client_id"), wanted.get("client_secret"))
    return given == (options.api_key, options.api_secret)


def _exchange(stand_in: StandIn, shop: Shop, wanted: Json) -> Response[Any]:
    kind = wanted.get("requested_token_type", OFFLINE)
    if wanted.get("subject_token_type") not in _SUBJECTS.get(kind, ()):
        return _error("invalid_request", "The token types do not fit a token exchange.")
    if not _is_good_subject(stand_in, shop, wanted):
        return _error("invalid_subject_token", "The subject token is invalid or has expired.")
    if kind == ONLINE:
        grant = stand_in.tokens.issue(shop.domain, _scope(shop), expiring=False, online=True)
        return Response({**_answer(grant), **_user(shop, str(wanted["subject_token"]))})
    expiring = str(wanted.get("expiring", "")) == "1"
    return Response(_answer(stand_in.tokens.issue(shop.domain, _scope(shop), expiring=expiring)))


def _is_good_subject(stand_in: StandIn, shop: Shop, wanted: Json) -> bool:
    subject = str(wanted.get("subject_token", ""))
    if wanted["subject_token_type"] == OFFLINE:
        return stand_in.tokens.allows(shop.domain, subject)
    options = stand_in.options
    return id_tokens.is_genuine(
        subject, secret=options.api_secret, api_key=options.api_key, shop=shop.domain
    )


def _refresh(stand_in: StandIn, shop: Shop, wanted: Json) -> Response[Any]:
    grant = stand_in.tokens.refresh(shop.domain, str(wanted.get("refresh_token", "")))
    if grant is None:
        return _error("invalid_grant", "The refresh token is unknown or has ended.")
    return Response(_answer(grant))


def _redeem(stand_in: StandIn, shop: Shop, wanted: Json) -> Response[Any]:
    if "code" not in wanted:
        return _error("invalid_request", "There is neither a known grant_type nor a code.")
    if not stand_in.tokens.redeem_code(shop.domain, str(wanted["code"])):
        return _error("invalid_request", "The authorization code was not found or used already.")
    expiring = str(wanted.get("expiring", "")) == "1"
    return Response(_answer(stand_in.tokens.issue(shop.domain, _scope(shop), expiring=expiring)))


def _answer(grant: Grant) -> Json:
    token = {"access_token": grant.access_token, "scope": grant.scope}
    if grant.is_online:
        return {**token, "expires_in": 86_399}
    if grant.refresh_token is None:
        return token
    return {
        **token,
        "expires_in": ACCESS_LIFE,
        "refresh_token": grant.refresh_token,
        "refresh_token_expires_in": REFRESH_LIFE,
    }


def _scope(shop: Shop) -> str:
    """What the merchant has granted by now."""
    return ",".join(shop.installation.scopes) if shop.installation else ""


def _user(shop: Shop, id_token: str) -> Json:
    """Whose ID token it is."""
    subject = id_tokens.content(id_token).get("sub")
    user = next((one for one in shop.staff if str(one.id) == subject), shop.owner)
    return {
        "associated_user_scope": _scope(shop),
        "associated_user": {
            "id": user.id,
            "first_name": user.first_name,
            "last_name": user.last_name,
            "email": user.email,
            "email_verified": True,
            "account_owner": user.is_owner,
            "locale": shop.locale,
            "collaborator": False,
        },
    }


def _error(code: str, description: str) -> Response[Any]:
    return Response({"error": code, "error_description": description}, status_code=400)
