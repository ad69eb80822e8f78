"""Where cards are shown, made ready for a browser to tell whether it is there."""

import msgspec
from msgspec import UNSET, UnsetType

from app.domain import url_patterns
from app.domain.screens import PHONE
from app.domain.settings import DEVICES, PAGE_TYPES, Device, PageType, Where

# What Liquid calls these pages in `request.page_type`; whatever else it says is "other".
_LIQUID: dict[PageType, tuple[str, ...]] = {
    "home": ("index",),
    "collection": ("collection", "list-collections"),
    "product": ("product",),
    "cart": ("cart",),
    "search": ("search",),
    "blog": ("blog", "article"),
}


class Places(msgspec.Struct, frozen=True):
    """All must agree. `pages` and `paths` are regular expressions, absent where all will do.

    A screen is a phone's where the media query `phone` matches, else a desktop's.
    """

    phone: str
    devices: tuple[Device, ...]
    pages: str | UnsetType = UNSET
    paths: str | UnsetType = UNSET


def places(where: Where) -> Places:
    return Places(
        phone=PHONE,
        devices=tuple(device for device in DEVICES if device in where.devices),
        pages=_pages(where) or UNSET,
        paths=url_patterns.compiled(where.only_on, where.never_on) or UNSET,
    )


def _pages(where: Where) -> str | None:
    """None for all; with "other" among them, whatever is not another one's."""
    if set(where.pages) == set(PAGE_TYPES):
        return None
    is_other = "other" in where.pages
    named = [
        name
        for page, names in _LIQUID.items()
        if (page in where.pages) != is_other
        for name in names
    ]
    if not named:
        return "^(?!)"
    any_of_them = f"(?:{'|'.join(named)})$"
    return f"^(?!{any_of_them})" if is_other else f"^{any_of_them}"
