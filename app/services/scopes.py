"""Access that the merchant has not granted: asked for outside of the admin, not at each visit."""

from urllib.parse import urlencode

import structlog

from app.data import credentials
from app.domain import grants
from app.doors import Doors
from app.errors import LiveUnavailable

log = structlog.get_logger()

# A merchant or a Shopify that said no is not asked again at once: no visit may become a loop.
_ASKED_AGAIN_AFTER = 24 * 3600  # seconds


async def missing(doors: Doors, shop: str) -> tuple[str, ...]:
    """What Earshot wants and the shop's grant does not cover; nothing where there is no grant."""
    async with doors.data.tenant(shop) as connection:
        standing = await credentials.standing(connection, shop)
    if standing is None:
        return ()
    return grants.missing(standing.scopes, doors.settings.shopify_scopes)


async def way_to_ask(doors: Doors, shop: str, lacking: tuple[str, ...]) -> str | None:
    """Where the merchant is asked for it; None where they were asked of late.

    Shopify asks by itself where it manages the installation. Elsewhere only the authorization code
    grant does.
    """
    try:
        is_first = await doors.live.states.first(
            shop, f"asked for {','.join(sorted(lacking))}", _ASKED_AGAIN_AFTER
        )
    except LiveUnavailable:
        return None
    if not is_first:
        return None
    log.info("merchant is asked for access", shop=shop, scopes=list(lacking))
    return f"{doors.settings.app_base_url}/auth/start?{urlencode({'shop': shop})}"
