"""How many of a variant are available, place by place."""

from sandbox.shopify.refusals import Refused
from sandbox.shopify.state.locations import Location
from sandbox.shopify.state.moments import now
from sandbox.shopify.state.products import Level, Product, Variant
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.webhooks import payloads
from sandbox.shopify.webhooks.announcements import Announcer


class Stock:
    def __init__(self, announcer: Announcer) -> None:
        self._announcer = announcer

    def set(self, shop: Shop, product: Product, available: int) -> None:
        """Of the product's first variant, where it is sold from."""
        variant = product.variants[0]
        for level in variant.levels[:1]:
            variant.change_stock(level, available)
            self._tell(shop, "inventory_levels/update", variant, level)

    def connect(self, shop: Shop, product: Product, place: Location, available: int) -> Level:
        """From now on the first variant is kept at that place too."""
        variant = product.variants[0]
        if variant.level(place.id) is not None:
            raise Refused(f"{product.title} is kept at {place.name} already.")
        level = Level(place.id, 0, now())
        variant.levels.append(level)
        variant.change_stock(level, available)
        self._tell(shop, "inventory_levels/connect", variant, level)
        return level

    def disconnect(self, shop: Shop, product: Product, place: Location) -> None:
        variant = product.variants[0]
        level = variant.level(place.id)
        if level is None:
            raise Refused(f"{product.title} is not kept at {place.name}.")
        variant.change_stock(level, 0)
        variant.levels.remove(level)
        body = payloads.inventory.disconnected_level(variant, level)
        self._announcer.announce(shop, ("inventory_levels/disconnect", body))

    def _tell(self, shop: Shop, topic: str, variant: Variant, level: Level) -> None:
        self._announcer.announce(shop, self._announcer.stock_message(shop, topic, variant, level))
