import re

import pytest
from msgspec import UNSET

from app.domain import places
from app.domain.settings import DEVICES, PAGE_TYPES, PageType, Where

LIQUID = {
    "index": "home",
    "collection": "collection",
    "list-collections": "collection",
    "product": "product",
    "cart": "cart",
    "search": "search",
    "blog": "blog",
    "article": "blog",
    "page": "other",
    "404": "other",
    "customers/account": "other",
    "policy": "other",
    "": "other",
}


def test_defaults_leave_nothing_out() -> None:
    found = places.places(Where())
    assert (found.pages, found.paths) == (UNSET, UNSET)
    assert found.devices == DEVICES


@pytest.mark.parametrize("chosen", [*[(page,) for page in PAGE_TYPES], (), ("home", "other")])
def test_each_kind_of_page_can_be_chosen(chosen: tuple[PageType, ...]) -> None:
    expression = places.places(Where(pages=chosen)).pages
    assert isinstance(expression, str)
    for said, page in LIQUID.items():
        assert bool(re.search(expression, said)) is (page in chosen), said


def test_patterns_become_one_expression() -> None:
    found = places.places(Where(only_on=("/products/*",), never_on=("/products/secret",)))
    assert found.paths == "^(?!(?:/products/secret/{1,2}$))(?:/products/)"


def test_devices_are_told_by_name() -> None:
    assert places.places(Where(devices=("phone",))).devices == ("phone",)
    assert places.places(Where(devices=())).devices == ()
