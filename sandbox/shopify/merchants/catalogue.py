"""Products and collections come, change and go."""

from collections.abc import Sequence

from sandbox.shopify.state.collections import Collection
from sandbox.shopify.state.moments import later_than, now
from sandbox.shopify.state.products import Product
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.state.world import World
from sandbox.shopify.webhooks import payloads
from sandbox.shopify.webhooks.announcements import Announcer


class Catalogue:
    def __init__(self, world: World, announcer: Announcer) -> None:
        self._world = world
        self._announcer = announcer

    def add(self, shop: Shop, product: Product) -> None:
        product.created_at = product.updated_at = now()
        self._world.products(shop.domain).append(product)
        self._announcer.product(shop, "products/create", product)

    def edit(
        self, shop: Shop, product: Product, title: str | None = None, status: str | None = None
    ) -> None:
        product.title = title or product.title
        product.status = status or product.status
        product.updated_at = later_than(product.updated_at)
        self._announcer.product(shop, "products/update", product)

    def remove(self, shop: Shop, product: Product) -> None:
        """Out of its collections too, of which Shopify says nothing."""
        self._world.products(shop.domain).remove(product)
        for collection in self._world.collections_of(shop.domain, product):
            collection.products.remove(product.id)
        self._announcer.announce(shop, ("products/delete", {"id": product.id}))

    def add_collection(self, shop: Shop, collection: Collection) -> None:
        collection.created_at = collection.updated_at = now()
        self._world.collections(shop.domain).append(collection)
        self._tell(shop, "collections/create", collection)

    def edit_collection(
        self,
        shop: Shop,
        collection: Collection,
        title: str | None = None,
        products: Sequence[Product] | None = None,
    ) -> None:
        collection.title = title or collection.title
        if products is not None:
            collection.products = [product.id for product in products]
        collection.updated_at = later_than(collection.updated_at)
        self._tell(shop, "collections/update", collection)

    def remove_collection(self, shop: Shop, collection: Collection) -> None:
        self._world.collections(shop.domain).remove(collection)
        body = payloads.collections.deleted_collection(collection)
        self._announcer.announce(shop, ("collections/delete", body))

    def _tell(self, shop: Shop, topic: str, collection: Collection) -> None:
        body = payloads.collections.collection(shop, collection)
        self._announcer.announce(shop, (topic, body))
