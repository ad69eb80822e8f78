import pytest

from app.domain.compliance import Customer, Demand
from app.shopify import compliance, payloads
from tests.cast import encoded


def test_a_request_is_read() -> None:
    body = {
        "shop_id": 1,
        "shop_domain": "alba-ceramics.myshopify.com",
        "customer": {"id": 9001, "email": "margaux@example.com", "phone": "+33612345678"},
        "orders_to_redact": [5001, "5002"],
        "data_request": {"id": 7},
    }
    assert compliance.read(encoded(body)) == Demand(
        Customer(9001, "margaux@example.com", "+33612345678"), (5001, 5002), 7
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"customer": null, "orders_to_redact": null}',
        b'{"customer": {}}',
        b'{"customer": {"id": null, "email": "", "phone": null}}',
        b'{"customer": 7}',
        b'{"customer": {"id": -1}}',
        b'{"orders_to_redact": [1e99]}',
        b"{" * 20_000,
    ],
)
def test_what_names_nobody_is_still_a_request(body: bytes) -> None:
    assert not compliance.read(body).names_somebody


@pytest.mark.parametrize(
    ("topic", "payload", "order"),
    [
        ("orders/create", {"id": 5001}, 5001),
        ("refunds/create", {"id": 7, "order_id": 5001}, 5001),
        ("customers/update", {"id": 9001}, None),
        ("orders/create", {"id": "x"}, None),
        ("orders/create", {"id": 2**70}, None),
        ("orders/create", [], None),
        ("orders/create", None, None),
    ],
)
def test_the_order_of_a_delivery_is_found(topic: str, payload: object, order: int | None) -> None:
    assert payloads.order_of(topic, payload) == order


@pytest.mark.parametrize("body", [b"\xff", b"", b"{", b"[" * 20_000, b"NaN"])
def test_a_body_that_is_no_json_is_shown_as_text(body: bytes) -> None:
    assert isinstance(payloads.readable(body), str)
