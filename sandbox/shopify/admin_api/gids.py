"""Global ids: `gid://shopify/Product/1`."""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Numbered(Protocol):
    id: int


Thing = TypeVar("Thing", bound=Numbered)


def gid(kind: str, number: int) -> str:
    return f"gid://shopify/{kind}/{number}"


def find(things: Iterable[Thing], kind: str, wanted: str | None) -> Thing | None:
    return next((one for one in things if gid(kind, one.id) == wanted), None)
