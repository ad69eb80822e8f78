"""A collection as webhooks carry it. They do not say what is in it."""

from datetime import datetime

import msgspec

from app.domain.catalogue import Collection
from app.domain.events import DeletedCollection
from app.shopify.ids import Id
from app.shopify.moments import with_zone


class _Collection(msgspec.Struct):
    id: Id
    updated_at: datetime
    title: str | None = None
    handle: str | None = None


class _Deleted(msgspec.Struct):
    id: Id


_decoder = msgspec.json.Decoder(_Collection, strict=False)
_deleted_decoder = msgspec.json.Decoder(_Deleted, strict=False)


def read(body: bytes) -> Collection:
    """Raises msgspec.DecodeError for what is no collection."""
    payload = _decoder.decode(body)
    return Collection(
        id=payload.id,
        updated_at=with_zone(payload.updated_at),
        title=payload.title or "",
        handle=payload.handle or "",
    )


def read_deleted(body: bytes, deleted_at: datetime) -> DeletedCollection:
    """A deletion's body is only an id, so the delivery tells when."""
    return DeletedCollection(id=_deleted_decoder.decode(body).id, updated_at=deleted_at)
