"""Tells the app what happened in a shop: one merchant action, one event id, some webhooks."""

import uuid
from typing import Any

from sandbox.shopify.options import Options
from sandbox.shopify.state.carts import Cart
from sandbox.shopify.state.customers import Customer
from sandbox.shopify.state.orders import Order
from sandbox.shopify.state.products import Level, Product, Variant
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.state.subscriptions import Subscription
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
        courier.on_given_up = self._drop_subscription

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
        self.announce(order.shop, *before, *((topic, body) for topic in topics), *also)

    def product(self, shop: Shop, topic: str, goods: Product) -> None:
        self.announce(shop, (topic, self.product_payload(shop, goods)))

    def customer(self, shop: Shop, topic: str, person: Customer) -> None:
        self.announce(shop, (topic, payloads.customers.customer(shop, person)))

    def cart(self, shop: Shop, cart: Cart) -> None:
        """The first time that something is in it, and then whenever it changes."""
        topic = "carts/update" if cart.is_told else "carts/create"
        wanted = [
            (*self._world.variant(shop.domain, variant), quantity)
            for variant, quantity in cart.quantities.items()
        ]
        cart.is_told = True
        self.announce(shop, (topic, payloads.carts.cart(shop, cart.token, wanted, cart.created_at)))

    def stock_message(self, shop: Shop, topic: str, variant: Variant, level: Level) -> Message:
        return topic, payloads.inventory.inventory_level(shop, variant, level)

    def product_payload(self, shop: Shop, goods: Product) -> dict[str, Any]:
        return payloads.products.product(shop, goods, self._options.storefront_origin(shop.domain))

    def announce(self, shop: Shop, *messages: Message) -> None:
        """To whoever subscribed. Shopify tells an app nothing about shops that do not have it."""
        if shop.installation is None:
            return
        event_id = str(uuid.uuid4())
        self._courier.send_later(
            self.compose(shop.domain, topic, body, event_id, subscription)
            for topic, body in messages
            for subscription in self._subscriptions(shop, topic)
        )

    def demand(self, shop: Shop, topic: str, body: dict[str, Any]) -> list[Delivery]:
        """Compliance topics are sent whether or not the shop has the app (any more)."""
        deliveries = [
            self.compose(shop.domain, topic, body, subscription=subscription)
            for subscription in self._world.app.subscriptions_to(topic)
        ]
        self._courier.send_later(deliveries)
        return deliveries

    def compose(
        self,
        shop: str,
        topic: str,
        payload: dict[str, Any],
        event_id: str | None = None,
        subscription: Subscription | None = None,
    ) -> Delivery:
        fields = subscription.include_fields if subscription else ()
        chosen = {name: payload[name] for name in fields if name in payload} or payload
        return self.compose_raw(shop, topic, encoded(chosen), event_id, subscription)

    def compose_raw(
        self,
        shop: str,
        topic: str,
        body: bytes,
        event_id: str | None = None,
        subscription: Subscription | None = None,
    ) -> Delivery:
        """Without a subscription it goes where the app takes webhooks in."""
        return delivery(
            shop,
            topic,
            body,
            subscription or Subscription(topic, f"{self._options.app_url}/webhooks/shopify"),
            secret=self._options.api_secret,
            api_version=self._options.api_version,
            triggered_at=self._world.tick(),
            event_id=event_id,
        )

    def _drop_subscription(self, given_up: Delivery) -> None:
        """Shopify deletes what the API made after eight failures; the manifest's stay."""
        installation = self._world.shop(given_up.shop).installation
        if installation is not None and given_up.subscription in installation.subscriptions:
            installation.subscriptions.remove(given_up.subscription)

    def _subscriptions(self, shop: Shop, topic: str) -> list[Subscription]:
        """One of the manifest and one of the API for the same topic are twins: both are served."""
        if topic in self._world.app.muted or shop.installation is None:
            return []
        made = [one for one in shop.installation.subscriptions if one.topic == topic]
        return [*self._world.app.subscriptions_to(topic), *made]
