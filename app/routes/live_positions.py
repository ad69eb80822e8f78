"""Where the stream goes on behind a page that is being read: asked for before the page is."""

from app.doors import Doors
from app.errors import LiveUnavailable


async def now(doors: Doors, shop: str) -> str:
    """Empty while Redis is away: the page is then right, but nothing comes to it."""
    try:
        return str(await doors.live.position(shop))
    except LiveUnavailable:
        return ""
