"""Members of a shop's staff, as far as they are known."""


def name(member: str, known: str | None) -> str:
    """`known` is None for somebody whom Shopify never introduced."""
    return known or f"Staff member …{member[-4:]}"
