"""Numbers as people read them."""


def grouped(number: int) -> str:
    """1234567 → 1,234,567"""
    return f"{number:,}"


def times(number: int) -> str:
    return "once" if number == 1 else f"{grouped(number)} times"
