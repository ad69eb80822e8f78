"""The browser's side, with the same examples, is in tests/storefront_widget/test_places.py."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import url_patterns

# Few letters, so that patterns do match; all that means something to a regular expression.
LETTERS = st.sampled_from("ab/-.+()[]$|&%5")
PATHS = (
    st.text(LETTERS, max_size=12)
    .map(lambda rest: f"/{rest}")
    .filter(lambda path: not path.endswith("//"))
)
PATTERNS = st.text(LETTERS | st.just("*"), max_size=10).map(lambda rest: f"/{rest}")
SOME = st.lists(PATTERNS, max_size=3)

EXAMPLES = [
    ("/", "/", True),
    ("/", "/products/mug", False),
    ("/cart", "/cart", True),
    ("/cart", "/cart/", True),
    ("/cart/", "/cart", True),
    ("/cart", "/cart-of-oxen", False),
    ("/cart", "/my/cart", False),
    ("/*", "/", True),
    ("/*", "/products/mug", True),
    ("/products/*", "/products/mug", True),
    ("/products/*", "/products", True),
    ("/products/*", "/collections/all/products/mug", False),
    ("/*/products/*", "/collections/all/products/mug", True),
    ("/products/*-mug", "/products/alba-mug", True),
    ("/products/*-mug", "/products/alba-mug/", True),
    ("/products/*-mug", "/products/alba-mug-xl", False),
    ("/products/*mug*", "/products/alba-mug-xl", True),
    ("/products/*aba*b", "/products/abab", True),
    ("/products/*aba*ab", "/products/abab", False),
    ("/PAGES/über-uns", "/pages/%C3%BCber-uns", True),
    ("/pages/%c3%9cber-uns", "/pages/%C3%9Cber-uns", True),
    ("/products/カップ", "/products/%E3%82%AB%E3%83%83%E3%83%97", True),
    ("/products/mug?variant=1#top", "/products/mug", True),
    ("/a.b", "/a.b", True),
    ("/a.b", "/axb", False),
    ("/a(b)[c]{2}$|^+", "/a(b)[c]%7B2%7D$%7C%5E+", True),
    ("/a(b)[c]{2}$|^+", "/a(b)[c]%7B2%7D$|^+", True),
]


def matches(expression: str | None, path: str) -> bool:
    """As the widget asks."""
    return expression is None or bool(re.search(expression, f"{path}/", re.IGNORECASE))


def is_meant(pattern: str, path: str) -> bool:
    """The oracle: slashes at the end do not count, and a star is none or one more of the rest."""
    pattern, path = pattern.rstrip("/"), path.rstrip("/") + "/"
    return _is_like(pattern if pattern.endswith("*") else f"{pattern}/", path)


def _is_like(pattern: str, text: str) -> bool:
    if not pattern or not text:
        return set(pattern) <= {"*"} and not text
    if pattern[0] == "*":
        return _is_like(pattern[1:], text) or _is_like(pattern, text[1:])
    return pattern[0] == text[0] and _is_like(pattern[1:], text[1:])


@pytest.mark.parametrize(("pattern", "path", "expected"), EXAMPLES)
def test_pattern_means_the_whole_path(pattern: str, path: str, expected: bool) -> None:
    assert matches(url_patterns.compiled([pattern], []), path) is expected
    assert matches(url_patterns.compiled([], [pattern]), path) is not expected


def test_without_patterns_every_address_will_do() -> None:
    assert url_patterns.compiled([], []) is None


@given(SOME, SOME, PATHS)
def test_expression_says_what_the_patterns_mean(
    only_on: list[str], never_on: list[str], path: str
) -> None:
    is_on = not only_on or any(is_meant(pattern, path) for pattern in only_on)
    is_off = any(is_meant(pattern, path) for pattern in never_on)
    assert matches(url_patterns.compiled(only_on, never_on), path) is (is_on and not is_off)


@pytest.mark.parametrize(
    "pattern",
    ["/" + "*a" * 99 + "*b", "/" + "*aa" * 60 + "*", "/" + "*" * 199, "/*/" + "*/" * 90 + "x"],
)
def test_many_stars_take_no_longer(pattern: str) -> None:
    expression = url_patterns.compiled([pattern] * 50, [pattern] * 50)
    matches(expression, "/")  # which compiles it, once and for all
    begin = time.process_time()
    for path in ("/" + "a" * 4_000, "/" + "a/" * 2_000, "/" * 4_000):
        matches(expression, path)
    assert time.process_time() - begin < 1
