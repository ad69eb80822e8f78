"""A merchant comes in, by whatever page: the shop becomes Earshot's, with the access it grants."""

from typing import Any

import msgspec
import structlog
from litestar import Request

from app.doors import Doors
from app.errors import GrantRefused, IdTokenInvalid, ShopifyUnavailable, SubjectTokenRefused
from app.routes import identity
from app.services import lifecycle, scopes, staff, tokens
from app.shopify.id_tokens import Merchant
from app.views import pages

log = structlog.get_logger()

AnyRequest = Request[Any, Any, Any]


class Visit(msgspec.Struct, frozen=True):
    """`lacking` are the scopes that Earshot wants and the shop has not granted."""

    merchant: Merchant
    shopify_is_away: bool
    lacking: tuple[str, ...]


async def merchant(request: AnyRequest, doors: Doors) -> Merchant:
    """Who asks for a page. Whoever opens a document comes in by it; a link inside the app leads on
    from one, and installs nothing."""
    if pages.wants_document(request):
        return (await begin(request, doors)).merchant
    return identity.merchant_of_document(request)


async def begin(request: AnyRequest, doors: Doors) -> Visit:
    """Raises what leads to a token, or out of the frame to where access is granted."""
    merchant = identity.merchant_of_document(request)
    await lifecycle.install(doors.data, merchant, doors.clock())
    shopify_is_away = await _is_away_while_asked_for_access(request, doors, merchant)
    await staff.meet(doors, merchant, identity.token_of_document(request))
    lacking = await scopes.missing(doors, merchant.shop)
    if lacking and (location := await scopes.way_to_ask(doors, merchant.shop, lacking)):
        raise identity.OutOfFrame(location)
    return Visit(merchant, shopify_is_away, lacking)


async def _is_away_while_asked_for_access(
    request: AnyRequest, doors: Doors, merchant: Merchant
) -> bool:
    """Without Shopify the page still opens, and the next visit asks again."""
    try:
        await tokens.ensure(doors, merchant.shop, identity.token_of_document(request))
    except SubjectTokenRefused as error:
        raise identity.way_to_a_token(request, IdTokenInvalid(str(error))) from error
    except (ShopifyUnavailable, GrantRefused) as error:
        log.warning("no access granted", shop=merchant.shop, reason=str(error))
        return True
    return False
