"""What happened, by the type of its event, as merchants read it."""

from app.views import words

TITLES = {
    "announcement.published": "Announcement published",
    "cart.created": "Cart filled",
    "cart.updated": "Cart changed",
    "checkout.created": "Checkout begun",
    "checkout.updated": "Checkout changed",
    "collection.created": "Collection added",
    "collection.deleted": "Collection deleted",
    "collection.updated": "Collection changed",
    "customer.created": "Account opened",
    "customer.deleted": "Account deleted",
    "customer.purchased": "Customer’s orders counted",
    "customer.tagged": "Customer tagged",
    "customer.untagged": "Customer’s tag removed",
    "customer.updated": "Account changed",
    "inventory.changed": "Stock changed",
    "order.cancelled": "Order cancelled",
    "order.created": "Order placed",
    "order.fulfilled": "Order fulfilled",
    "order.paid": "Order paid",
    "order.partially_fulfilled": "Order partially fulfilled",
    "order.updated": "Order changed",
    "product.created": "Product added",
    "product.deleted": "Product deleted",
    "product.updated": "Product changed",
    "refund.created": "Order refunded, whole or in part",
    "review.posted": "Review, reported by the shop",
    "shop.reported": "News, reported by the shop",
}


def title(event_type: str) -> str:
    """One of a newer release is read as it is written."""
    return TITLES.get(event_type, words.label(event_type.replace(".", " ")))
