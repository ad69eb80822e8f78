"""What may happen in a shop that lives by itself, thing by thing."""

import itertools
import random
import uuid
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sandbox.shopify.cast import made_up
from sandbox.shopify.cast.newcomers import newcomer
from sandbox.shopify.merchants.app_users import NEWS, AppUser
from sandbox.shopify.merchants.catalogue import Catalogue
from sandbox.shopify.merchants.front_desk import FrontDesk
from sandbox.shopify.merchants.stock import Stock
from sandbox.shopify.state.carts import Cart
from sandbox.shopify.state.orders import Order
from sandbox.shopify.state.products import Product, visible
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.state.world import World
from sandbox.shopify.tills import Item, Till
from sandbox.shopify.webhooks.announcements import Announcer

LOW_STOCK = 4
# What becomes of one product's stock, again and again: few are left, none, and then it is back.
_STOCK = (LOW_STOCK, 0, 24)
_MOST_LAUNCHED = 8
_MOST_WANTED = 2


class Deeds:
    """Each is one thing that happens in one shop; one that cannot happen just now does nothing."""

    def __init__(
        self,
        world: World,
        till: Till,
        front_desk: FrontDesk,
        stock: Stock,
        catalogue: Catalogue,
        announcer: Announcer,
        app_user: AppUser,
    ) -> None:
        self._world = world
        self._till = till
        self._front_desk = front_desk
        self._stock = stock
        self._catalogue = catalogue
        self._announcer = announcer
        self._app_user = app_user
        self._levels: defaultdict[str, Iterator[int]] = defaultdict(lambda: itertools.cycle(_STOCK))
        self._launched: defaultdict[str, list[Product]] = defaultdict(list)

    async def buy(self, shop: Shop, paid: bool = True) -> None:
        if goods := self._goods(shop):
            chosen = random.sample(goods, min(len(goods), _basket_size()))
            customer = random.choice(self._world.customers(shop.domain))
            self._till.place(shop, customer, [_item(product) for product in chosen], paid=paid)

    async def fill_cart(self, shop: Shop) -> None:
        """Somebody who looks around, and may or may not buy; most look at the same few."""
        if goods := self._goods(shop):
            visitor = random.choice(self._world.customers(shop.domain))
            cart = Cart(uuid.uuid4().hex, visitor)
            _, variant, quantity = _item(random.choice(goods[:_MOST_WANTED]))
            cart.put(variant.id, quantity)
            self._announcer.cart(shop, cart)

    async def buy_later(self, shop: Shop) -> None:
        """Either somebody orders without paying, or an earlier such order is paid."""
        pending = [order for order in self._recent(shop) if order.financial_status == "pending"]
        if pending:
            self._till.pay(pending[-1])
        else:
            await self.buy(shop, paid=False)

    async def cancel(self, shop: Shop) -> None:
        if recent := self._recent(shop):
            self._till.cancel(random.choice(recent))

    async def refund(self, shop: Shop) -> None:
        if paid := [order for order in self._recent(shop) if order.financial_status == "paid"]:
            self._till.refund(random.choice(paid))

    async def sign_up(self, shop: Shop) -> None:
        self._front_desk.sign_up(shop, newcomer(self._world.ids))

    async def restock(self, shop: Shop) -> None:
        scarcest = min(self._world.products(shop.domain), key=lambda one: one.variants[0].available)
        self._stock.set(shop, scarcest, random.randint(LOW_STOCK, 40))

    async def move_stock(self, shop: Shop) -> None:
        """Of the last product that comes in one size: few, none, and back."""
        if simple := [one for one in self._goods(shop) if len(one.variants) == 1]:
            self._stock.set(shop, simple[-1], next(self._levels[shop.domain]))

    async def launch(self, shop: Shop) -> None:
        """The oldest of those launched leaves the range, so that it does not grow forever."""
        goods, launched = self._world.products(shop.domain), self._launched[shop.domain]
        title = made_up.unused_title({one.handle for one in goods})
        product = made_up.product(shop, title, Decimal(random.randint(12, 60)), 30)
        product.id = self._world.ids.next()  # one of that name may have been there before
        self._catalogue.add(shop, product)
        launched.append(product)
        if len(launched) > _MOST_LAUNCHED:
            oldest = launched.pop(0)
            if oldest in goods:
                self._catalogue.remove(shop, oldest)

    async def review(self, shop: Shop) -> None:
        stars = {"rating": random.choice((4.0, 4.5, 5.0)), "author": random.choice(("Noor", "Bao"))}
        await self._report(shop, "review.posted", **stars)

    async def report(self, shop: Shop) -> None:
        await self._report(shop, "shop.reported", kind=NEWS)

    async def announce(self, shop: Shop) -> None:
        await self._app_user.announce(shop)

    async def _report(self, shop: Shop, what: str, **more: Any) -> None:
        if goods := self._goods(shop):
            await self._app_user.report(
                shop,
                type=what,
                reference=uuid.uuid4().hex,
                occurred_at=datetime.now(UTC).isoformat(),
                product_id=random.choice(goods).id,
                **more,
            )

    def _goods(self, shop: Shop) -> list[Product]:
        """Those of the first day, which the app has surely read."""
        launched = self._launched[shop.domain]
        return [one for one in visible(self._world.products(shop.domain)) if one not in launched]

    def _recent(self, shop: Shop) -> list[Order]:
        latest = self._world.orders(shop.domain)[:12]
        return [one for one in latest if not one.cancelled_at and not one.fulfillment_status]


def _basket_size() -> int:
    (size,) = random.choices((1, 2, 3, 4), (62, 24, 10, 4))
    return size


def _item(product: Product) -> Item:
    (quantity,) = random.choices((1, 2, 3, 6), (72, 18, 7, 3))
    return product, random.choice(product.variants), quantity
