"""Products, variants and collections as the Admin API answers them."""

from datetime import datetime
from decimal import Decimal

import msgspec

from app.domain.catalogue import Collection, Variant
from app.domain.events import Product
from app.shopify import gids
from app.shopify.ids import Small, price
from app.shopify.moments import with_zone
from app.shopify.products import is_address
from app.shopify.queries import Connection, Page, Query


class _Node(msgspec.Struct):
    id: str


class _Image(msgspec.Struct):
    url: str | None = None


class _Preview(msgspec.Struct):
    image: _Image | None = None


class _Media(msgspec.Struct):
    preview: _Preview | None = None


class _Product(msgspec.Struct, rename="camel"):
    id: str
    title: str
    handle: str
    status: str
    vendor: str
    product_type: str
    tags: list[str]
    updated_at: datetime
    published_at: datetime | None = None
    featured_media: _Media | None = None


class _Variant(msgspec.Struct, rename="camel"):
    id: str
    title: str
    price: Decimal
    position: Small
    inventory_item: _Node
    sku: str | None = None
    product: _Node | None = None


class _Collection(msgspec.Struct, rename="camel"):
    id: str
    title: str
    handle: str
    updated_at: datetime


class _Products(msgspec.Struct):
    products: Connection[_Product]


class _ProductIds(msgspec.Struct):
    products: Connection[_Node]


class _Variants(msgspec.Struct, rename="camel"):
    product_variants: Connection[_Variant]


class _VariantIds(msgspec.Struct, rename="camel"):
    product_variants: Connection[_Node]


class _WithVariants(msgspec.Struct):
    variants: Connection[_Variant]


class _OneProduct(msgspec.Struct):
    product: _WithVariants | None


class _Collections(msgspec.Struct):
    collections: Connection[_Collection]


class _OneCollection(msgspec.Struct):
    collection: _ProductIds | None


class VariantOf(msgspec.Struct, frozen=True):
    """A variant with the id of its product."""

    product: int
    variant: Variant


PRODUCTS: Query[Page[Product]] = Query(
    "products_page", _Products, lambda answer: answer.products.page(_product), first=100
)
PRODUCT_IDS: Query[Page[int]] = Query(
    "product_ids_page", _ProductIds, lambda answer: answer.products.page(_number), first=250
)
VARIANTS: Query[Page[VariantOf]] = Query(
    "variants_page", _Variants, lambda answer: answer.product_variants.page(_variant_of), first=250
)
VARIANT_IDS: Query[Page[int]] = Query(
    "variant_ids_page", _VariantIds, lambda answer: answer.product_variants.page(_number), first=250
)
# None where the product or the collection is gone.
VARIANTS_OF_PRODUCT: Query[Page[Variant] | None] = Query(
    "variants_of_product_page",
    _OneProduct,
    lambda answer: answer.product and answer.product.variants.page(_variant),
    first=250,
)
COLLECTIONS: Query[Page[Collection]] = Query(
    "collections_page", _Collections, lambda answer: answer.collections.page(_collection), first=250
)
MEMBERS: Query[Page[int] | None] = Query(
    "members_page",
    _OneCollection,
    lambda answer: answer.collection and answer.collection.products.page(_number),
    first=250,
)


def _number(node: _Node) -> int:
    return gids.number(node.id)


def _product(node: _Product) -> Product:
    return Product(
        id=gids.number(node.id),
        updated_at=with_zone(node.updated_at),
        title=_text(node.title),
        handle=_text(node.handle),
        published=node.published_at is not None and node.status == "ACTIVE",
        image=_image(node.featured_media),
        vendor=_text(node.vendor),
        product_type=_text(node.product_type),
        tags=tuple(map(_text, node.tags)),
    )


def _image(media: _Media | None) -> str | None:
    image = media.preview.image if media and media.preview else None
    return image.url if image and is_address(image.url) else None


def _variant(node: _Variant) -> Variant:
    return Variant(
        id=gids.number(node.id),
        title=_text(node.title),
        price=price(node.price),
        position=node.position,
        sku=node.sku and _text(node.sku),
        inventory_item=gids.number(node.inventory_item.id),
    )


def _variant_of(node: _Variant) -> VariantOf:
    if node.product is None:
        raise ValueError("a variant without its product")
    return VariantOf(gids.number(node.product.id), _variant(node))


def _collection(node: _Collection) -> Collection:
    return Collection(
        id=gids.number(node.id),
        updated_at=with_zone(node.updated_at),
        title=_text(node.title),
        handle=_text(node.handle),
    )


def _text(given: str) -> str:
    """Without what Postgres takes for no text: one odd character must not end a whole listing."""
    return given.replace("\0", "")
