"""Who asks: the merchant behind the ID token, or the program behind an API key, and nobody else. No
cookie authenticates anything.

Source: shopify.dev, "Session tokens", and the decision table of Shopify's own libraries.
"""

from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from litestar import Request

from app.config import Settings
from app.data import shops as stored_shops
from app.domain import api_keys, hosts, shops
from app.domain.callers import Caller
from app.errors import ApiKeyRefused, IdTokenInvalid, ShopMismatch
from app.routes.doors import doors_of
from app.services import api_keys as keys
from app.shopify import id_tokens
from app.shopify.id_tokens import Merchant

BOUNCE_PATH = "/auth/session-token"


class FreshTokenNeeded(Exception):
    """A document was asked for without a token that still holds; `location` fetches a new one."""

    def __init__(self, location: str) -> None:
        super().__init__("The ID token is missing or too old.")
        self.location = location


class OutsideOfAdmin(Exception):
    """A document was asked for outside of the admin; `location` opens it there, if known."""

    def __init__(self, location: str | None) -> None:
        super().__init__("Earshot opens inside the Shopify admin.")
        self.location = location


class OutOfFrame(Exception):
    """The merchant has to go on outside of the frame that the page lies in, at `location`."""

    def __init__(self, location: str) -> None:
        super().__init__("Earshot needs to leave the Shopify admin for a moment.")
        self.location = location


AnyRequest = Request[Any, Any, Any]


async def caller(request: AnyRequest) -> Caller:
    """The dependency `caller` of the API: a merchant, or a program with a key.

    Raises IdTokenInvalid, ApiKeyRefused, ShopUnknown.
    """
    token = _bearer_token(request)
    if not token.startswith(api_keys.PREFIX):
        merchant = await merchant_of_fetch(request)
        return Caller(merchant.shop, merchant.user)
    program = await keys.caller_of(doors_of(request.app.state), token)
    if _names_another_shop(request, program.shop):
        raise ApiKeyRefused("The API key is not valid.")
    return program


async def merchant_of_fetch(request: AnyRequest) -> Merchant:
    """The dependency `merchant` of everything but documents.

    Raises IdTokenInvalid, or ShopUnknown where the app is not installed: only the page installs.
    """
    merchant = _verified(request, _bearer_token(request))
    async with doors_of(request.app.state).data.tenant(merchant.shop) as connection:
        await stored_shops.require_installed(connection, merchant.shop)
    return merchant


def merchant_of_document(request: AnyRequest) -> Merchant:
    """The merchant who opens a page; raises what leads to a token where there is none."""
    try:
        return _verified(request, token_of_document(request))
    except IdTokenInvalid as error:
        raise way_to_a_token(request, error) from error


def token_of_document(request: AnyRequest) -> str:
    """The ID token as it came, not verified: in the header or, at first, in the address."""
    if "authorization" in request.headers:
        return _bearer_token(request)
    return _only(request, "id_token") or ""


def _bearer_token(request: AnyRequest) -> str:
    authorization = request.headers.get("authorization")
    if authorization is None:
        raise IdTokenInvalid("The request carries no ID token.")
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        raise IdTokenInvalid("The Authorization header is no bearer token.")
    return token


def way_to_a_token(request: AnyRequest, refused: IdTokenInvalid) -> Exception:
    """What to raise for a document whose token is refused: App Bridge, or the admin, helps."""
    if "authorization" in request.headers:
        return refused
    shop = _named_shop(request)
    if shop is None:
        return OutsideOfAdmin(None)
    if _only(request, "embedded") != "1":
        settings = doors_of(request.app.state).settings
        return OutsideOfAdmin(in_admin(settings, shop, request.scope["path"]))
    return FreshTokenNeeded(_bounce(request))


def shop_that_may_frame(request: AnyRequest) -> str | None:
    """Whose admin may frame a page that holds nothing but a sentence: whoever asks, if a shop."""
    try:
        return _verified(request, token_of_document(request)).shop
    except IdTokenInvalid:
        return _named_shop(request)


def is_fetch(request: AnyRequest) -> bool:
    """Whether a script asks. What App Bridge fetches on the bounce page becomes the document."""
    return "authorization" in request.headers and "x-shopify-bounce" not in request.headers


def is_safe_reload(target: str) -> bool:
    """Whether App Bridge may fetch it: a path of this app, not another origin in disguise."""
    return target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()


def query_of(request: AnyRequest) -> list[tuple[str, str]]:
    """The query as it was sent, in its order; `request.url` fails for an impossible Host."""
    return parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)


def in_admin(settings: Settings, shop: str, path: str = "/") -> str:
    """Where a page of the app opens inside a shop's admin."""
    name = shop.removesuffix(".myshopify.com")
    app = f"{settings.shopify_admin_url}/store/{name}/apps/{settings.shopify_api_key}"
    return app + quote(path.rstrip("/"))


def _verified(request: AnyRequest, token: str) -> Merchant:
    settings = doors_of(request.app.state).settings
    merchant = id_tokens.verify(
        token, client_id=settings.shopify_api_key, secrets=settings.shopify_secrets
    )
    if _names_another_shop(request, merchant.shop):
        raise ShopMismatch("The request names another shop than its ID token.")
    return merchant


def _names_another_shop(request: AnyRequest, shop: str) -> bool:
    """The token alone says which shop; a query that says otherwise is a mistake or an attack."""
    return any(named != shop for named in request.query_params.getall("shop", []))


def _named_shop(request: AnyRequest) -> str | None:
    """The shop that the address speaks of, if it is one. Nothing proves it, so nothing is shown."""
    if "shop" in request.query_params:
        shop = _only(request, "shop")
        return shop if shop is not None and shops.is_domain(shop) else None
    admin = urlsplit(doors_of(request.app.state).settings.shopify_admin_url).netloc
    return hosts.shop_of(_only(request, "host") or "", admin)


def _only(request: AnyRequest, name: str) -> str | None:
    """A query parameter that is there exactly once."""
    values = request.query_params.getall(name, [])
    return values[0] if len(values) == 1 else None


def _bounce(request: AnyRequest) -> str:
    kept = [(name, value) for name, value in query_of(request) if name != "id_token"]
    target = f"{request.scope['path']}?{urlencode(kept)}"
    return f"{BOUNCE_PATH}?{urlencode(kept)}&shopify-reload={quote(target, safe='')}"
