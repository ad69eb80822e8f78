"""A product as webhooks carry it, turned into the facts that cards need."""

from datetime import datetime

import msgspec

from app.domain.events import DeletedProduct, Product
from app.shopify.moments import with_zone
from app.shopify.orders import Id


class _Image(msgspec.Struct):
    src: str | None = None


class _Product(msgspec.Struct):
    id: Id
    updated_at: datetime
    title: str | None = None
    handle: str | None = None
    status: str | None = None
    published_at: datetime | None = None
    image: _Image | None = None
    images: list[_Image] | None = None


class _Deleted(msgspec.Struct):
    id: Id


_decoder = msgspec.json.Decoder(_Product, strict=False)
_deleted_decoder = msgspec.json.Decoder(_Deleted, strict=False)


def read(body: bytes) -> Product:
    """Raises msgspec.DecodeError for what is no product."""
    payload = _decoder.decode(body)
    return Product(
        id=payload.id,
        updated_at=with_zone(payload.updated_at),
        title=payload.title or "",
        handle=payload.handle or "",
        published=payload.published_at is not None and payload.status in (None, "active"),
        image=_image(payload),
    )


def read_deleted(body: bytes, deleted_at: datetime) -> DeletedProduct:
    """A deletion's body is only an id, so the delivery tells when."""
    return DeletedProduct(id=_deleted_decoder.decode(body).id, updated_at=deleted_at)


def _image(payload: _Product) -> str | None:
    candidates: list[_Image | None] = [payload.image, *(payload.images or [])]
    return next((image.src for image in candidates if image and is_address(image.src)), None)


def is_address(text: str | None) -> bool:
    """Whether a browser would fetch a picture there, and nothing else."""
    return text is not None and text.startswith(("https://", "http://"))
