"""A shop as Shopify describes it."""

from dataclasses import dataclass, field


@dataclass
class Shop:
    """One tenant; `installed` is Shopify's view of whether the merchant has the app."""

    id: int
    domain: str
    name: str
    email: str
    owner: str
    currency: str
    money_format: str
    locale: str
    timezone: str
    address: str
    zip: str
    city: str
    country: str
    country_code: str
    location_id: int
    theme_id: int
    staff_id: int
    tagline: str
    installed: bool = True
    embed_active: bool = True
    order_numbers: int = field(default=1000)

    def next_order_number(self) -> int:
        self.order_numbers += 1
        return self.order_numbers
