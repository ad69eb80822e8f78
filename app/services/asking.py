"""Asks the Admin API for a shop, with a token that is good."""

from typing import Any, TypeVar

from app.doors import Doors
from app.errors import AccessMissing, TokenRefused
from app.services import tokens
from app.shopify.queries import Query

Answer = TypeVar("Answer")


async def ask(doors: Doors, shop: str, query: Query[Answer], **variables: Any) -> Answer:
    """A token that Shopify refuses before its time is renewed once.

    Raises AccessMissing, and what `AdminApi.ask` raises but for TokenRefused.
    """
    token = await tokens.current(doors, shop)
    try:
        return await doors.shopify.admin.ask(shop, token, query, **variables)
    except TokenRefused:
        token = await tokens.current(doors, shop, refused=token)
    try:
        return await doors.shopify.admin.ask(shop, token, query, **variables)
    except TokenRefused as error:
        raise AccessMissing(f"Shopify refuses each access token of {shop}.") from error
