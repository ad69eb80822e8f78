import pytest

from app.domain import pictures


@pytest.mark.parametrize(
    ("address", "asked_for"),
    [
        ("https://cdn.shopify.com/s/a.png?v=1", "https://cdn.shopify.com/s/a.png?v=1&width=228"),
        ("https://cdn.shopify.com/a.png?width=9", "https://cdn.shopify.com/a.png?width=228"),
        ("//alba.example/cdn/shop/a.png", "//alba.example/cdn/shop/a.png?width=228"),
        ("/cdn/shop/files/a%20b.png", "/cdn/shop/files/a%20b.png?width=228"),
        ("https://pictures.example/a.png", "https://pictures.example/a.png"),
        ("https://cdn.shopify.com.example/a.png", "https://cdn.shopify.com.example/a.png"),
        ("http://[", "http://["),
        ("", ""),
    ],
)
def test_shopify_is_asked_for_small_pictures(address: str, asked_for: str) -> None:
    assert pictures.small(address) == asked_for
