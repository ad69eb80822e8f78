"""The time zone in which a shop's merchants read moments."""

from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo

from app.data import shops
from app.data.database import Connection


async def zone(connection: Connection, shop: str) -> tzinfo:
    """UTC while it is unknown."""
    facts = await shops.facts(connection, shop)
    try:
        return ZoneInfo(facts.timezone) if facts else UTC
    except (LookupError, ValueError, OSError):
        return UTC  # a name newer than this machine's tables
