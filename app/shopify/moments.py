"""Times as Shopify prints them."""

from datetime import UTC, datetime


def with_zone(moment: datetime) -> datetime:
    """Shopify prints an offset; where an old payload has none, it meant UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
