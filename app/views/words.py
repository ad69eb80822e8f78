"""The domain's words as people read them."""


def label(word: str) -> str:
    """They are written to be read: `order-cancelled` → `Order cancelled`."""
    return word.replace("-", " ").replace("_", " ").capitalize()
