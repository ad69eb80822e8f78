import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import hosts, shops

ADMIN = "admin.shopify.com"
ALBA = "alba-ceramics.myshopify.com"


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize("text", [f"{ADMIN}/store/alba-ceramics", f"{ALBA}/admin"])
def test_both_forms_of_shopifys_are_understood(text: str) -> None:
    assert hosts.shop_of(encoded(text), ADMIN) == ALBA
    assert hosts.shop_of(encoded(text).rstrip("="), ADMIN) == ALBA
    urlsafe = base64.urlsafe_b64encode(text.encode()).decode()
    assert hosts.shop_of(urlsafe, ADMIN) == ALBA


def test_the_admin_may_be_elsewhere() -> None:
    assert hosts.shop_of(encoded("127.0.0.1:8080/store/alba-ceramics"), "127.0.0.1:8080") == ALBA


@pytest.mark.parametrize(
    "text",
    [
        "evil.example/store/alba-ceramics",
        f"{ADMIN}.evil.example/store/alba-ceramics",
        f"evil.example/{ADMIN}/store/alba-ceramics",
        f"{ADMIN}/store/../evil",
        f"{ADMIN}/store/alba_ceramics",
        f"{ADMIN}/store/Alba",
        f"{ADMIN}/store/alba-ceramics/apps",
        f"{ADMIN}/store/alba-ceramics\n",
        f"https://{ADMIN}/store/alba-ceramics",
        f"{ADMIN}/store/",
        "evil.example/admin",
        f"{ALBA}.evil.example/admin",
        f"{ALBA}/admin/",
        f"x@{ALBA}/admin",
        "",
    ],
)
def test_other_hosts_are_none(text: str) -> None:
    assert hosts.shop_of(encoded(text), ADMIN) is None


@pytest.mark.parametrize(
    "host", ["", "not base64!", encoded(f"{ALBA}/admin") + "\n", "é", "=" * 5000, "A" * 5000]
)
def test_what_is_no_base64_is_none(host: str) -> None:
    assert hosts.shop_of(host, ADMIN) is None


@given(st.text() | st.binary().map(lambda raw: base64.b64encode(raw).decode()))
def test_whatever_comes_a_shop_or_none_is_found(host: str) -> None:
    found = hosts.shop_of(host, ADMIN)
    assert found is None or shops.is_domain(found)
