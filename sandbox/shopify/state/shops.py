"""A shop as Shopify describes it."""

from dataclasses import dataclass, field

from sandbox.shopify.state.installations import Installation
from sandbox.shopify.state.locations import Location
from sandbox.shopify.state.staff import Staff


@dataclass
class Shop:
    """One tenant; `installation` is None while the merchant does not have the app.

    `staff` begins with the owner, `locations` with the one that online orders are sent from.
    """

    id: int
    domain: str
    name: str
    email: str
    currency: str
    money_format: str
    locale: str
    timezone: str
    address: str
    zip: str
    city: str
    country: str
    country_code: str
    locations: list[Location]
    theme_id: int
    staff: list[Staff]
    tagline: str
    plan: str
    installation: Installation | None = None
    embed_active: bool = True
    takes_embeds: bool = True
    """Whether the published theme can hold app embeds at all."""
    order_numbers: int = field(default=1000)

    @property
    def installed(self) -> bool:
        return self.installation is not None

    @property
    def location_id(self) -> int:
        return self.locations[0].id

    @property
    def owner(self) -> Staff:
        return self.staff[0]

    def member(self, key: str | None) -> Staff:
        """By key; the owner when nobody has it."""
        return next((one for one in self.staff if one.key == key), self.owner)

    def next_order_number(self) -> int:
        self.order_numbers += 1
        return self.order_numbers
