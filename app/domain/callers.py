"""Who asks for a shop: a member of its staff, or a program with a key."""

import msgspec


class Caller(msgspec.Struct, frozen=True):
    """`user` is Shopify's id of a member of the staff, digits, or `api-key:` and the key's id."""

    shop: str
    user: str
