"""A product as webhooks carry it, turned into the facts that cards need."""

from datetime import datetime
from decimal import Decimal

import msgspec

from app.domain.catalogue import Variant
from app.domain.events import DeletedProduct, Product
from app.shopify.ids import Id, Small, price
from app.shopify.moments import with_zone


class _Image(msgspec.Struct):
    src: str | None = None


class _Variant(msgspec.Struct):
    id: Id
    title: str | None = None
    price: Decimal = Decimal(0)
    position: Small = 0
    sku: str | None = None
    inventory_item_id: Id | None = None


class _Product(msgspec.Struct):
    id: Id
    updated_at: datetime
    title: str | None = None
    handle: str | None = None
    status: str | None = None
    published_at: datetime | None = None
    created_at: datetime | None = None
    vendor: str | None = None
    product_type: str | None = None
    tags: str | None = None
    image: _Image | None = None
    images: list[_Image] | None = None
    variants: list[_Variant] | None = None
    # All of them, where the list of variants is cut.
    variant_gids: list[msgspec.Raw] | None = None


class _Deleted(msgspec.Struct):
    id: Id


_decoder = msgspec.json.Decoder(_Product, strict=False)
_deleted_decoder = msgspec.json.Decoder(_Deleted, strict=False)


def read(body: bytes) -> Product:
    """Raises msgspec.DecodeError or ValueError for what is no product."""
    payload = _decoder.decode(body)
    variants = None if payload.variants is None else tuple(map(_variant, payload.variants))
    return Product(
        id=payload.id,
        updated_at=with_zone(payload.updated_at),
        created_at=with_zone(payload.created_at) if payload.created_at else None,
        title=payload.title or "",
        handle=payload.handle or "",
        published=payload.published_at is not None and payload.status in (None, "active"),
        image=_image(payload),
        vendor=payload.vendor or "",
        product_type=payload.product_type or "",
        tags=_tags(payload.tags or ""),
        variants=variants,
        has_all_variants=len(payload.variant_gids or ()) <= len(variants or ()),
    )


def read_deleted(body: bytes, deleted_at: datetime) -> DeletedProduct:
    """A deletion's body is only an id, so the delivery tells when."""
    return DeletedProduct(id=_deleted_decoder.decode(body).id, updated_at=deleted_at)


def _variant(payload: _Variant) -> Variant:
    return Variant(
        id=payload.id,
        title=payload.title or "",
        price=price(payload.price),
        position=payload.position,
        sku=payload.sku,
        inventory_item=payload.inventory_item_id,
    )


def _tags(text: str) -> tuple[str, ...]:
    """`mug, new` as Shopify joins them; no tag holds a comma."""
    return tuple(tag for each in text.split(",") if (tag := each.strip()))


def _image(payload: _Product) -> str | None:
    candidates: list[_Image | None] = [payload.image, *(payload.images or [])]
    return next((image.src for image in candidates if image and is_address(image.src)), None)


def is_address(text: str | None) -> bool:
    """Whether a browser would fetch a picture there, and nothing else."""
    return text is not None and text.startswith(("https://", "http://"))
