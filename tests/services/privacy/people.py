"""Margaux, who wants to be forgotten, and Camille, who does not."""

from typing import Any

from tests.cast import ALBA, encoded, order
from tests.services.chain import Chain

MARGAUX = {"id": 9_001_000_001, "email": "margaux@example.com", "phone": "+33612345678"}
CAMILLE = {"id": 9_001_000_002, "email": "camille@example.com", "phone": "+33687654321"}
# What must be nowhere once she is forgotten.
OF_MARGAUX = ("Margaux", "Delacroix", "9001000001", "0612345678", "612345678", "rue Mercière")


def order_of(person: dict[str, Any], number: int, **changes: Any) -> dict[str, Any]:
    name, last = ("Margaux", "Delacroix") if person is MARGAUX else ("Camille", "Berger")
    address = {
        "first_name": name,
        "last_name": last,
        "address1": "4 rue Mercière" if person is MARGAUX else "9 quai Saint-Vincent",
        "city": "Lyon",
        "country_code": "FR",
        "phone": person["phone"],
    }
    return (
        order(
            number,
            email=person["email"],
            phone=person["phone"],
            customer={**person, "first_name": name, "last_name": last},
            billing_address=address,
            shipping_address=address,
            note=f"for {name}",
        )
        | changes
    )


def demand(topic: str, orders: tuple[int, ...] = (), shop: str = ALBA, **changes: Any) -> Any:
    """The body of a compliance webhook about Margaux."""
    listed = "orders_requested" if topic == "customers/data_request" else "orders_to_redact"
    return {
        "shop_id": 1,
        "shop_domain": shop,
        "customer": MARGAUX,
        listed: list(orders),
        **({"data_request": {"id": 77}} if topic == "customers/data_request" else {}),
    } | changes


async def ask(chain: Chain, topic: str, shop: str = ALBA, **changes: Any) -> None:
    """Shopify's request, on record."""
    await chain.receive(topic, encoded(demand(topic, shop=shop, **changes)), shop)
    await chain.relay()
