"""Why something is not told, or was taken back: each word of the domain's, as a sentence."""

from app.views import words

SENTENCES = {
    "above-threshold": "There are more left than the rule speaks of.",
    "below-threshold": "It is fewer than the rule tells.",
    "by-hand": "It was retracted by hand.",
    "channel": "It came over a sales channel that the rule leaves out.",
    "country": "It came from a country that the rule leaves out.",
    "customer": "The rule tells only first orders, or only repeat ones.",
    "customer-deleted": "The customer’s account was deleted.",
    "excluded-product": "It is a product that the rule leaves out.",
    "kept": "No rule is about it.",
    "line-removed": "The product was taken out of its order.",
    "no-product": "Shoppers cannot buy the product.",
    "no-rule": "No rule is about it.",
    "not-back": "The product was not sold out before, or it still is.",
    "not-new": "Shoppers could buy the product before.",
    "not-scheduled": "It is no day of the rule’s schedule.",
    "order-cancelled": "Its order was cancelled.",
    "order-refunded": "Its order was refunded.",
    "order-voided": "The payment of its order was voided.",
    "other-product": "It is none of the products that the rule is about.",
    "other-report": "The rule listens to another kind of news.",
    "outdated": "The rule’s wording was changed meanwhile.",
    "price": "The price is outside of the rule’s limits, or not known.",
    "privacy": "The customer is tagged as never to be told of.",
    "product-unpublished": "Shoppers cannot buy the product any more.",
    "published": "Shoppers were told.",
    "quiet-hours": "It is in the rule’s quiet hours.",
    "redacted": "Its customer’s data was erased.",
    "refunded": "It was refunded.",
    "rule-off": "The rule is switched off.",
    "sensitive-product": "The product is tagged as never to be told of.",
    "sold-out": "The product is sold out.",
    "test-order": "Its order is a test.",
    "too-old": "It happened longer ago than the rule tells.",
    "unknown-stock": "Nobody counts how many are left.",
    "unpaid": "Its order is not paid.",
}


def sentence(word: str) -> str:
    """One of a newer release is read as it is written."""
    return SENTENCES.get(word, f"{words.label(word)}.")
