"""Shopify's global ids: `gid://shopify/Product/8001` and the number in it."""

from urllib.parse import parse_qs, urlsplit


def gid(kind: str, number: int) -> str:
    return f"gid://shopify/{kind}/{number}"


def number(text: str) -> int:
    """Raises ValueError for what is no global id."""
    parts = urlsplit(text)
    if parts.scheme != "gid":
        raise ValueError(f"not a global id: {text[:80]!r}")
    return int(parts.path.rpartition("/")[2])


def parameter(text: str, name: str) -> int:
    """A number in the query of a global id; raises ValueError where it is missing."""
    values = parse_qs(urlsplit(text).query).get(name, [])
    if len(values) != 1:
        raise ValueError(f"a global id without {name}: {text[:80]!r}")
    return int(values[0])
