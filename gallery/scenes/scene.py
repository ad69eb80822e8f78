"""One state of one page."""

from collections.abc import Callable

import msgspec

from gallery.shops import Shop
from gallery.windows import Window


def _nothing(_: Shop) -> None:
    pass


class Scene(msgspec.Struct, frozen=True):
    """`page` is its path; `before` and `after` happen once, `enter` in every window."""

    page: str
    name: str
    enter: Callable[[Window], None]
    before: Callable[[Shop], None] = _nothing
    after: Callable[[Shop], None] = _nothing
    is_tall: bool = False
