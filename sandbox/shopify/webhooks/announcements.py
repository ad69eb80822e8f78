"""Tells the app what happened in a shop: one merchant action, one event id, some webhooks."""

import uuid
from typing import Any

from sandbox.shopify.options import Options
from sandbox.shopify.state.customers import Customer
from sandbox.shopify.state.orders import Order
from sandbox.shopify.state.products import Product, Variant
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.state.world import World
from sandbox.shopify.webhooks import payloads
from sandbox.shopify.webhooks.courier import Courier
from sandbox.shopify.webhooks.deliveries import Delivery, delivery, encoded

Message = tuple[str, dict[str, Any]]


class Announcer:
    def __init__(self, options: Options, world: World, courier: Courier) -> None:
        self._options = options
        self._world = world
        self._courier = courier

    def order(
        self,
        order: Order,
        *topics: str,
        before: tuple[Message, ...] = (),
        also: tuple[Message, ...] = (),
    ) -> None:
        """The whole order under each topic, between what else the action brought about."""
        storefront = self._options.storefront_origin(order.shop.domain)
        body = payloads.orders.order(order, storefront)
        self._announce(order.shop, *before, *((topic, body) for topic in topics), *also)

    def product(self, shop: Shop, topic: str, goods: Product) -> None:
        self._announce(shop, (topic, self.product_payload(shop, goods)))

    def customer(self, shop: Shop, topic: str, person: Customer) -> None:
        self._announce(shop, (topic, payloads.customers.customer(shop, person)))

    def stock(self, shop: Shop, variant: Variant) -> None:
        self._announce(shop, self.stock_message(shop, variant))

    def uninstalled(self, shop: Shop) -> None:
        """Sent although the app is gone by now: it is the last thing the app hears."""
        farewell = self.compose(shop.domain, "app/uninstalled", payloads.shops.shop(shop))
        self._courier.send_later([farewell])

    def stock_message(self, shop: Shop, variant: Variant) -> Message:
        moment = self._world.tick()
        return "inventory_levels/update", payloads.inventory.inventory_level(shop, variant, moment)

    def product_payload(self, shop: Shop, goods: Product) -> dict[str, Any]:
        return payloads.products.product(shop, goods, self._options.storefront_origin(shop.domain))

    def compose(
        self, shop: str, topic: str, payload: dict[str, Any], event_id: str | None = None
    ) -> Delivery:
        return self.compose_raw(shop, topic, encoded(payload), event_id)

    def compose_raw(
        self, shop: str, topic: str, body: bytes, event_id: str | None = None
    ) -> Delivery:
        return delivery(
            shop,
            topic,
            body,
            secret=self._options.api_secret,
            api_version=self._options.api_version,
            triggered_at=self._world.tick(),
            event_id=event_id,
        )

    def _announce(self, shop: Shop, *messages: Message) -> None:
        """Shopify tells an app nothing about shops that do not have it."""
        if not shop.installed:
            return
        event_id = str(uuid.uuid4())
        self._courier.send_later(
            [self.compose(shop.domain, topic, body, event_id) for topic, body in messages]
        )
