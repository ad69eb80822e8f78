import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import shops
from tests.cast import ALBA, BOREALIS, CLOSED_CAFE
from tests.hostile import NO_SHOPS


@pytest.mark.parametrize(
    "shop", [ALBA, BOREALIS, CLOSED_CAFE, "1.myshopify.com", "a--b.myshopify.com"]
)
def test_shops_are_shops(shop: str) -> None:
    assert shops.is_domain(shop)
    assert shops.checked(shop) == shop


@pytest.mark.parametrize("shop", NO_SHOPS)
def test_what_only_looks_like_a_shop_is_none(shop: str) -> None:
    assert not shops.is_domain(shop)
    with pytest.raises(ValueError, match="not a"):
        shops.checked(shop)


@given(st.text(), st.text())
def test_nothing_may_stand_around_a_shop(before: str, after: str) -> None:
    """But what makes another of it."""
    text = f"{before}{ALBA}{after}"
    name = text.removesuffix(".myshopify.com")
    is_name = name.isascii() and name.replace("-", "").isalnum() and name == name.lower()
    assert not shops.is_domain(text) or (is_name and text.endswith(".myshopify.com"))
