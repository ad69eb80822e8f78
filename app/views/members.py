"""Members of a shop's staff and its programs, as far as they are known."""

_PROGRAM = "api-key:"


def name(member: str, known: str | None) -> str:
    """`known` is None for somebody whom Shopify never introduced."""
    return known or f"Staff member …{member[-4:]}"


def author(actor: str, known: str | None) -> str:
    """Whoever did something: a member of the staff, or a program by the name of its key."""
    if actor.startswith(_PROGRAM):
        return f"API key “{known}”" if known else "An API key"
    return name(actor, known)
