"""Installs a shop by the authorization code grant."""

import secrets

from app.data import credentials
from app.doors import Doors
from app.errors import AuthorizationRefused
from app.services import lifecycle, tokens
from app.shopify import authorization
from app.shopify.authorization import Consent
from app.shopify.id_tokens import Merchant

_ACTOR = "authorization code"  # the consent does not say who gave it


async def begin(doors: Doors, shop: str) -> str:
    """Where to send the merchant; the state in it is good once, for this shop."""
    # Hexadecimal, so that no two ways of encoding a query differ about it.
    state = secrets.token_hex(32)
    await doors.live.states.keep(state, shop)
    return authorization.address(doors.settings, shop, state)


async def complete(doors: Doors, consent: Consent) -> None:
    """Raises AuthorizationRefused, GrantRefused, ShopifyUnavailable."""
    if await doors.live.states.take(consent.state) != consent.shop:
        raise AuthorizationRefused("The state is unknown, spent, or another shop's.")
    now = doors.clock()
    grant = await doors.shopify.tokens.redeem(consent.shop, consent.code, now)
    await lifecycle.install(doors.data, Merchant(consent.shop, _ACTOR, now), now)
    async with doors.data.tenant(consent.shop) as connection:
        # A renewal of the grant before it, which is under way, would be written over this one.
        await credentials.lock_for_renewal(connection, consent.shop)
        await tokens.keep(connection, doors, consent.shop, grant)
