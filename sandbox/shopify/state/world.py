"""Everything the stand-in remembers, and how to find it."""

import secrets
from datetime import UTC, datetime

from sandbox.shopify.cast import alba, borealis, people
from sandbox.shopify.cast.goods import make_collections, make_product
from sandbox.shopify.options import Options
from sandbox.shopify.refusals import Unknown
from sandbox.shopify.state import apps, moments
from sandbox.shopify.state.carts import Cart
from sandbox.shopify.state.collections import Collection
from sandbox.shopify.state.customers import Customer
from sandbox.shopify.state.installations import Installation
from sandbox.shopify.state.numbers import FreshIds
from sandbox.shopify.state.orders import Order
from sandbox.shopify.state.products import Product, Variant
from sandbox.shopify.state.shops import Shop


class World:
    def __init__(self, options: Options) -> None:
        self._options = options
        self.ids = FreshIds()
        self._last_moment = datetime.min.replace(tzinfo=UTC)
        self.reset()

    def reset(self) -> None:
        """Back to the two shops as the seed has them; ids given out are not given out again."""
        self.app = apps.read(self._options.manifest, self._options.app_url)
        self.shops: dict[str, Shop] = {cast.DOMAIN: cast.shop() for cast in (alba, borealis)}
        for shop in self.shops.values():
            shop.installation = self.new_installation()
        self._products = {
            cast.DOMAIN: [
                make_product(cast.DOMAIN, self.shops[cast.DOMAIN].name, position, goods)
                for position, goods in enumerate(cast.GOODS)
            ]
            for cast in (alba, borealis)
        }
        self._collections = {
            cast.DOMAIN: make_collections(cast.DOMAIN, cast.GOODS, self._products[cast.DOMAIN])
            for cast in (alba, borealis)
        }
        self._customers = {shop: people.customers(shop) for shop in self.shops}
        self._orders: dict[int, Order] = {}
        self._carts: dict[str, Cart] = {}

    def tick(self) -> datetime:
        """A moment later than any before, to the microsecond."""
        self._last_moment = max(moments.now(), self._last_moment + moments.INSTANT)
        return self._last_moment

    def new_installation(self) -> Installation:
        """With the scopes that the app's manifest asks for."""
        return Installation(self.ids.next(), self.app.scopes)

    def shop(self, domain: str) -> Shop:
        if domain not in self.shops:
            raise Unknown(f"There is no shop {domain!r}; there are {', '.join(self.shops)}.")
        return self.shops[domain]

    def products(self, shop: str) -> list[Product]:
        return self._products[shop]

    def product(self, shop: str, handle: str) -> Product:
        for product in self._products[shop]:
            if product.handle == handle:
                return product
        known = ", ".join(product.handle for product in self._products[shop])
        raise Unknown(f"{shop} has no product {handle!r}; it has {known}.")

    def variant(self, shop: str, variant_id: int) -> tuple[Product, Variant]:
        for product in self._products[shop]:
            for variant in product.variants:
                if variant.id == variant_id:
                    return product, variant
        raise Unknown(f"{shop} has no variant {variant_id}.")

    def collections(self, shop: str) -> list[Collection]:
        return self._collections[shop]

    def collection(self, shop: str, handle: str) -> Collection:
        for collection in self._collections[shop]:
            if collection.handle == handle:
                return collection
        known = ", ".join(collection.handle for collection in self._collections[shop])
        raise Unknown(f"{shop} has no collection {handle!r}; it has {known}.")

    def collections_of(self, shop: str, product: Product) -> list[Collection]:
        return [one for one in self._collections[shop] if product.id in one.products]

    def customers(self, shop: str) -> list[Customer]:
        return self._customers[shop]

    def customer(self, shop: str, wanted: str) -> Customer:
        """By id, e-mail address, first name or full name."""
        for customer in self._customers[shop]:
            if wanted in (str(customer.id), customer.email, customer.first_name, customer.name):
                return customer
        raise Unknown(f"{shop} has no customer {wanted!r}.")

    def orders(self, shop: str | None = None) -> list[Order]:
        """Newest first."""
        found = [order for order in self._orders.values() if shop in (None, order.shop.domain)]
        return found[::-1]

    def order(self, order_id: str) -> Order:
        if order_id.isdecimal() and int(order_id) in self._orders:
            return self._orders[int(order_id)]
        raise Unknown(f"There is no order {order_id!r}.")

    def add_order(self, order: Order) -> None:
        self._orders[order.id] = order

    def cart(self, shop: str, token: str | None) -> Cart:
        """The visitor's cart; a new one, with a buyer of its own, for an unknown token."""
        if token in self._carts:
            return self._carts[token]
        cart = Cart(secrets.token_hex(16), secrets.choice(self._customers[shop]))
        self._carts[cart.token] = cart
        return cart

    def replace_cart(self, cart: Cart) -> Cart:
        """After a purchase: an empty cart for the same visitor."""
        del self._carts[cart.token]
        fresh = Cart(secrets.token_hex(16), cart.visitor)
        self._carts[fresh.token] = fresh
        return fresh
