"""The shop itself, its customers, and what privacy laws make it ask of the app."""

from sandbox.shopify.state.customers import Customer
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.state.world import World
from sandbox.shopify.webhooks import payloads
from sandbox.shopify.webhooks.announcements import Announcer
from sandbox.shopify.webhooks.deliveries import Delivery


class FrontDesk:
    def __init__(self, world: World, announcer: Announcer) -> None:
        self._world = world
        self._announcer = announcer

    def sign_up(self, shop: Shop, customer: Customer) -> None:
        self._world.customers(shop.domain).append(customer)
        self._announcer.customer(shop, "customers/create", customer)

    def change(self, shop: Shop, **facts: str) -> None:
        """Name, currency and whatever else `Shop` has by these names."""
        for name, value in facts.items():
            setattr(shop, name, value)
        self._announcer.announce(shop, ("shop/update", payloads.shops.shop(shop)))

    def ask_for_data(self, shop: Shop, customer: Customer) -> list[Delivery]:
        body = payloads.shops.customers_data_request(
            shop, customer, self._orders(shop, customer), self._world.ids.next()
        )
        return self._announcer.demand(shop, "customers/data_request", body)

    def ask_to_forget(self, shop: Shop, customer: Customer) -> list[Delivery]:
        body = payloads.shops.customers_redact(shop, customer, self._orders(shop, customer))
        return self._announcer.demand(shop, "customers/redact", body)

    def ask_to_forget_all(self, shop: Shop) -> list[Delivery]:
        """Shopify does so 48 hours after an uninstall; here it may be at any time."""
        return self._announcer.demand(shop, "shop/redact", payloads.shops.shop_redact(shop))

    def _orders(self, shop: Shop, customer: Customer) -> list[int]:
        made = self._world.orders(shop.domain)
        return [order.id for order in made if order.customer is customer]
