"""Numbers as people read them."""


def grouped(number: int) -> str:
    """1234567 → 1,234,567"""
    return f"{number:,}"


def counted(number: int, word: str) -> str:
    """`1 product`, `3 products`; the word's plural has an s."""
    return f"{grouped(number)} {word}{'' if number == 1 else 's'}"


def times(number: int) -> str:
    return "once" if number == 1 else f"{grouped(number)} times"
