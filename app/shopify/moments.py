"""Times as Shopify prints them."""

from datetime import UTC, datetime


def with_zone(moment: datetime) -> datetime:
    """In UTC. Shopify prints an offset; where an old payload has none, it meant UTC.

    Raises OverflowError for a moment that only another offset makes possible.
    """
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
