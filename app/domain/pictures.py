"""Addresses of product pictures, asked for in the size that a card shows."""

from urllib.parse import parse_qsl, urlencode, urlsplit

_WIDTH = "228"  # of the largest card's picture, on a screen of three pixels to one of CSS


def small(address: str) -> str:
    """Shopify's picture server scales what it is asked to; other addresses stay as they are."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if parts.hostname != "cdn.shopify.com" and not parts.path.startswith("/cdn/shop/"):
        return address
    query = dict(parse_qsl(parts.query)) | {"width": _WIDTH}
    return parts._replace(query=urlencode(query)).geturl()
