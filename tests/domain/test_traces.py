"""Finding a customer in bytes, however they are spelled."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.compliance import Customer
from app.domain.traces import Traces

MARGAUX = Customer(id=9001, email="Margaux+shop@Example.com", phone="+33 6 12 34 56 78")


@pytest.mark.parametrize(
    "body",
    [
        '{"customer": {"id": 9001}}',
        '{"customer": {"id": "9001"}}',
        '{"customer": "gid://shopify/Customer/9001"}',
        '{"email": "margaux+shop@example.com"}',
        '{"email": "MARGAUX+SHOP@EXAMPLE.COM"}',
        '{"email": "margaux\\u002bshop\\u0040example.com"}',
        '{"landing_site": "/?e=margaux+shop%40example.com"}',
        '{"phone": "+33612345678"}',
        '{"phone": "06 12 34 56 78"}',
        '{"phone": "(06) 12-34-56.78"}',
        '{"note": "call 0033 612 345 678"}',
        '{"order_id": 5001}',
    ],
)
def test_a_customer_is_found(body: str) -> None:
    assert Traces(MARGAUX, [5001]).are_in(body.encode())


@pytest.mark.parametrize(
    "body",
    [
        "",
        '{"customer": {"id": 90011}}',
        '{"customer": {"id": 19001}}',
        '{"email": "margaux@example.com"}',
        '{"phone": "+33612345679"}',
        '{"id": 820612345678912}',
        '{"order_id": 50011}',
    ],
)
def test_somebody_else_is_not(body: str) -> None:
    assert not Traces(MARGAUX, [5001]).are_in(body.encode())


def test_an_order_does_not_name_its_customer() -> None:
    traces = Traces(MARGAUX, [5001])
    assert not traces.name_the_customer_in(b'{"order_id": 5001}')
    assert traces.name_the_customer_in(b'{"id": 5001, "customer": {"id": 9001}}')


@pytest.mark.parametrize("customer", [Customer(), Customer(email="x", phone="123")])
def test_nobody_is_found_nowhere(customer: Customer) -> None:
    assert not Traces(customer).are_in(b'{"email": "x", "phone": "123", "id": null}')


@given(
    st.text(max_size=20),
    st.emails().filter(str.isascii),
    st.text(max_size=20),
    st.booleans(),
    st.booleans(),
)
def test_an_address_is_found_wherever_json_has_it(
    before: str, address: str, after: str, escapes: bool, upper: bool
) -> None:
    written = address.upper() if upper else address
    body = json.dumps({"note": f"{before} {written} {after}"}, ensure_ascii=escapes).encode(
        "utf-8", "replace"
    )
    assert Traces(Customer(email=address)).are_in(body)


def test_traces_and_customers_do_not_show_in_logs() -> None:
    assert "example" not in f"{MARGAUX!r} {Traces(MARGAUX)!r}".lower()
