import pytest

from app.domain.buyers import NOBODY, Buyer
from app.shopify import buyers
from tests.cast import encoded, order

HOME = {"city": "Lyon", "province": "Rhône", "country_code": "FR", "first_name": "Margaux"}
OFFICE = {"city": "Paris", "country_code": "FR", "first_name": "Camille"}


def test_the_name_is_the_customers_and_the_town_where_the_parcel_goes() -> None:
    body = encoded(order(shipping_address=HOME, billing_address=OFFICE))
    assert buyers.read(body) == Buyer("Margaux", "Lyon", "Rhône", "FR", 9001)


def test_without_a_customer_whoever_pays_has_the_name() -> None:
    body = encoded(order(customer=None, shipping_address=HOME, billing_address=OFFICE))
    assert buyers.read(body) == Buyer("Camille", "Lyon", "Rhône", "FR")


def test_without_a_parcel_the_bill_has_the_town() -> None:
    body = encoded(order(shipping_address=None, billing_address=OFFICE))
    assert buyers.read(body) == Buyer("Margaux", "Paris", None, "FR", 9001)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b'{"customer": 7}',
        b'{"customer": null, "shipping_address": null}',
        b'{"shipping_address": {"city": 7}}',
        b"[" * 20_000,
    ],
)
def test_a_body_that_tells_of_nobody_is_nobodys(body: bytes) -> None:
    assert buyers.read(body) == NOBODY
