"""What a shop's name may look like, and what Shopify says of a shop."""

import re

import msgspec

# One label under myshopify.com, as Shopify gives it out: lower case, no underscore, no trailing
# anything. `fullmatch`, since `$` would let a newline through.
_DOMAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,59}\.myshopify\.com", re.ASCII)


class ShopFacts(msgspec.Struct, frozen=True):
    """`url` is the storefront's address, `timezone` an IANA name, `locale` an IETF tag."""

    name: str
    url: str
    currency: str
    timezone: str
    locale: str
    plan: str


def is_domain(text: str) -> bool:
    return _DOMAIN.fullmatch(text) is not None


def checked(domain: str) -> str:
    """The domain itself; raises ValueError when it is not a shop's."""
    if not is_domain(domain):
        raise ValueError("not a *.myshopify.com domain")
    return domain


def display_name(domain: str) -> str:
    """`alba-ceramics.myshopify.com` → `Alba Ceramics`, until the shop's own name is known."""
    return domain.removesuffix(".myshopify.com").replace("-", " ").title()
