"""Shopify's search syntax, as far as it is used here."""

from datetime import UTC, datetime


def changed(since: datetime | None, floor: int) -> str | None:
    """What changed since a moment and has a greater id; None for everything."""
    terms = []
    if floor:
        terms.append(f"id:>{floor}")
    if since is not None:
        terms.append(f"updated_at:>='{since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}'")
    return " AND ".join(terms) or None
