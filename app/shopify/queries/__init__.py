"""The questions to the Admin API: `.graphql` files, each checked against Shopify's own schema."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

Answer = TypeVar("Answer")
Node = TypeVar("Node")
Item = TypeVar("Item")

FOLDER = Path(__file__).parent


class Query(msgspec.Struct, Generic[Answer], frozen=True):
    """A file's name without its ending, the struct that its `data` fills, and what is made of it.

    `first` is how much a page holds: one query may cost 1,000 points, one for each object.
    """

    name: str
    shape: type[Any]
    read: Callable[[Any], Answer]
    first: int | None = None

    @property
    def text(self) -> str:
        return _text(self.name)


class Page(msgspec.Struct, Generic[Item], frozen=True):
    """`after` is where the next page begins; None on the last one."""

    items: list[Item]
    after: str | None = None


class PageInfo(msgspec.Struct, rename="camel"):
    has_next_page: bool = False
    end_cursor: str | None = None


class Connection(msgspec.Struct, Generic[Node], rename="camel"):
    """A list as GraphQL pages it."""

    nodes: list[Node]
    page_info: PageInfo = msgspec.field(default_factory=PageInfo)

    def page(self, read: Callable[[Node], Item]) -> Page[Item]:
        after = self.page_info.end_cursor if self.page_info.has_next_page else None
        return Page([read(node) for node in self.nodes], after)


@cache
def _text(name: str) -> str:
    return (FOLDER / f"{name}.graphql").read_text()
