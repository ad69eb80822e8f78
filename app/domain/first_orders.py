"""Whether an order is its customer's first, as far as what is stored tells. Pure."""

from collections.abc import Iterable

from app.domain.events import Purchases


def is_first(order: int, *, follows_another: bool, counted: Iterable[Purchases]) -> bool | None:
    """None where nobody knows.

    That an earlier order is stored settles it. That none is settles nothing, since the customer may
    have bought before the shop had Earshot: only Shopify's own count does, told with the order that
    it was made after.
    """
    if follows_another:
        return False
    counts = [each for each in counted if each.last_order is not None]
    if own := [each.orders for each in counts if each.last_order == order]:
        return max(own) <= 1
    return False if any(each.orders == 1 for each in counts) else None
