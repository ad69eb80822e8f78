"""How the seed describes goods: short wishes, made into products with stable ids."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sandbox.shopify.state.collections import Collection
from sandbox.shopify.state.locations import Location
from sandbox.shopify.state.numbers import stable_id
from sandbox.shopify.state.products import Level, Product, Variant

OPENED = datetime(2026, 9, 1, 7, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Goods:
    """One product of the seed; `variants` are pairs of title and price."""

    handle: str
    title: str
    kind: str
    description: str
    variants: tuple[tuple[str, str], ...]
    collections: tuple[str, ...]
    tags: tuple[str, ...]
    option: str = "Title"
    stock: int = 24
    compare_at: str | None = field(default=None)


def make_product(shop: str, vendor: str, position: int, goods: Goods) -> Product:
    created = OPENED + timedelta(days=position * 3, hours=position)
    return Product(
        id=stable_id(shop, "product", goods.handle),
        handle=goods.handle,
        title=goods.title,
        description=goods.description,
        kind=goods.kind,
        vendor=vendor,
        tags=list(goods.tags),
        option=goods.option,
        variants=[_variant(shop, goods, index, created) for index in range(len(goods.variants))],
        picture=goods.handle,
        image_id=stable_id(shop, "image", goods.handle),
        created_at=created,
        updated_at=created + timedelta(days=20),
    )


def make_collections(shop: str, seed: Sequence[Goods], made: Sequence[Product]) -> list[Collection]:
    """One per name, in the order in which the seed comes upon them."""
    names = dict.fromkeys(name for goods in seed for name in goods.collections)
    pairs = list(zip(seed, made, strict=True))
    return [
        make_collection(shop, name, [one for goods, one in pairs if name in goods.collections])
        for name in names
    ]


def make_collection(shop: str, title: str, products: Sequence[Product]) -> Collection:
    return Collection(
        id=stable_id(shop, "collection", title),
        handle=handle(title),
        title=title,
        created_at=OPENED,
        updated_at=OPENED,
        products=[product.id for product in products],
    )


def handle(title: str) -> str:
    """`moon-planter` of "Moon planter"; letters of any script stay."""
    return "-".join(re.findall(r"\w+", title.lower()))[:80] or "untitled"


def locations(shop: str, first: str, second: str) -> list[Location]:
    """Goods of the seed are stocked at the first."""
    return [
        Location(stable_id(shop, "location"), first, OPENED),
        Location(stable_id(shop, "location", second), second, OPENED),
    ]


def _variant(shop: str, goods: Goods, index: int, created: datetime) -> Variant:
    title, price = goods.variants[index]
    stock = max(goods.stock - 5 * index, 2)
    return Variant(
        id=stable_id(shop, "variant", goods.handle, title),
        title=title,
        price=Decimal(price),
        compare_at_price=Decimal(goods.compare_at) if goods.compare_at else None,
        sku=f"{goods.handle.upper()}-{index + 1:02}",
        inventory_item_id=stable_id(shop, "inventory-item", goods.handle, title),
        previously_available=stock,
        levels=[Level(stable_id(shop, "location"), stock, created)],
    )
