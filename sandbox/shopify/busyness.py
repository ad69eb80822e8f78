"""Both shops live by themselves, at a natural and bounded rate."""

import asyncio
import random
import uuid

from sandbox.shopify.cast.newcomers import newcomer
from sandbox.shopify.merchants.front_desk import FrontDesk
from sandbox.shopify.merchants.stock import Stock
from sandbox.shopify.state.carts import Cart
from sandbox.shopify.state.orders import Order
from sandbox.shopify.state.products import Product, visible
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.state.world import World
from sandbox.shopify.tills import Item, Till
from sandbox.shopify.webhooks.announcements import Announcer

PAUSE = (2.0, 8.0)
LOW_STOCK = 4

# What happens next, by weight: mostly somebody buys something.
_WEIGHTS = {
    "buy": 60,
    "fill_cart": 18,
    "buy_later": 6,
    "cancel": 4,
    "refund": 4,
    "sign_up": 4,
    "restock": 4,
}


class Busyness:
    def __init__(
        self, world: World, till: Till, front_desk: FrontDesk, stock: Stock, announcer: Announcer
    ) -> None:
        self._world = world
        self._announcer = announcer
        self._till = till
        self._front_desk = front_desk
        self._stock = stock
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def is_on(self) -> bool:
        return bool(self._tasks)

    def start(self) -> None:
        if not self._tasks:
            self._tasks = [asyncio.create_task(self._live(shop)) for shop in self._world.shops]

    def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._tasks = []

    async def _live(self, domain: str) -> None:
        while True:
            await asyncio.sleep(random.uniform(*PAUSE))
            self.something_happens(self._world.shop(domain))

    def something_happens(self, shop: Shop) -> None:
        if not shop.installed:
            return
        (deed,) = random.choices(list(_WEIGHTS), list(_WEIGHTS.values()))
        getattr(self, f"_{deed}")(shop)

    def _buy(self, shop: Shop, paid: bool = True) -> None:
        goods = visible(self._world.products(shop.domain))
        if goods:
            chosen = random.sample(goods, min(len(goods), _basket_size()))
            customer = random.choice(self._world.customers(shop.domain))
            self._till.place(shop, customer, [_item(product) for product in chosen], paid=paid)

    def _fill_cart(self, shop: Shop) -> None:
        """Somebody who looks around, and may or may not buy."""
        goods = visible(self._world.products(shop.domain))
        if goods:
            visitor = random.choice(self._world.customers(shop.domain))
            cart = Cart(uuid.uuid4().hex, visitor)
            _, variant, quantity = _item(random.choice(goods))
            cart.put(variant.id, quantity)
            self._announcer.cart(shop, cart)

    def _buy_later(self, shop: Shop) -> None:
        """Either somebody orders without paying, or an earlier such order is paid."""
        pending = [order for order in self._recent(shop) if order.financial_status == "pending"]
        if pending:
            self._till.pay(pending[-1])
        else:
            self._buy(shop, paid=False)

    def _cancel(self, shop: Shop) -> None:
        if recent := self._recent(shop):
            self._till.cancel(random.choice(recent))

    def _refund(self, shop: Shop) -> None:
        if paid := [order for order in self._recent(shop) if order.financial_status == "paid"]:
            self._till.refund(random.choice(paid))

    def _sign_up(self, shop: Shop) -> None:
        self._front_desk.sign_up(shop, newcomer(self._world.ids))

    def _restock(self, shop: Shop) -> None:
        scarcest = min(self._world.products(shop.domain), key=lambda one: one.variants[0].available)
        self._stock.set(shop, scarcest, random.randint(LOW_STOCK, 40))

    def _recent(self, shop: Shop) -> list[Order]:
        latest = self._world.orders(shop.domain)[:12]
        return [one for one in latest if not one.cancelled_at and not one.fulfillment_status]


def _basket_size() -> int:
    (size,) = random.choices((1, 2, 3, 4), (62, 24, 10, 4))
    return size


def _item(product: Product) -> Item:
    (quantity,) = random.choices((1, 2, 3, 6), (72, 18, 7, 3))
    return product, random.choice(product.variants), quantity
