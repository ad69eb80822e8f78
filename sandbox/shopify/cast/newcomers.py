"""People who sign up while somebody watches."""

import random

from sandbox.shopify.state.customers import Address, Customer
from sandbox.shopify.state.moments import now
from sandbox.shopify.state.numbers import FreshIds

_NAMES = ("Noor", "Mateus", "Freya", "Bao", "Élise", "Anselm", "Sanna", "Tariq", "Yuki", "Greta")
_TOWNS = (
    ("Nantes", "44000", "France", "FR"),
    ("Bergen", "5003", "Norway", "NO"),
    ("Leipzig", "04109", "Germany", "DE"),
    ("Gent", "9000", "Belgium", "BE"),
    ("Tampere", "33100", "Finland", "FI"),
)


def newcomer(
    ids: FreshIds,
    first_name: str | None = None,
    last_name: str = "Novak",
    email: str | None = None,
    city: str | None = None,
    country: str | None = None,
    country_code: str | None = None,
) -> Customer:
    """Whatever is not said is made up, but complete."""
    number = ids.next()
    town, zip_code, land, code = random.choice(_TOWNS)
    moment = now().replace(microsecond=0)
    address = Address(
        id=ids.next(),
        address1=f"Market Street {number % 90 + 1}",
        zip=zip_code,
        city=city or town,
        province=None,
        province_code=None,
        country=country or land,
        country_code=country_code or code,
        phone=f"+1555{number % 10_000_000:07}",
    )
    return Customer(
        id=number,
        first_name=first_name if first_name is not None else random.choice(_NAMES),
        last_name=last_name,
        email=email or f"newcomer-{number % 1_000_000:06}@example.com",
        locale="en",
        address=address,
        created_at=moment,
        updated_at=moment,
    )
