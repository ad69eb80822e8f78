"""What happened, in Earshot's own versioned words: one struct per type, as it travels on Kafka.

An event carries ids and facts about goods. Personal data stays in the delivery that it names.
"""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid5

import msgspec

from app.domain.catalogue import Collection, Level, Variant
from app.errors import NOT_JSON

ORDER_EVENTS = "order-events"
CUSTOMER_EVENTS = "customer-events"
PRODUCT_EVENTS = "product-events"
TOPICS = (ORDER_EVENTS, CUSTOMER_EVENTS, PRODUCT_EVENTS)

# Financial statuses of an order that was given back as a whole.
GIVEN_BACK = frozenset({"refunded", "voided"})

_EVENT_IDS = UUID("6f1a63d2-9d3e-4f0c-8a55-0d8b6a1f7f10")


class DeliveryReference(msgspec.Struct, frozen=True):
    """Which delivery an event was made from."""

    id: int
    webhook_id: str
    topic: str
    api_version: str
    triggered_at: datetime | None = None


class Line(msgspec.Struct, frozen=True):
    """One order line; `price` is one unit's, as Shopify prints it, in the shop's currency."""

    id: int
    title: str
    quantity: int
    price: str
    product_id: int | None = None
    variant_id: int | None = None


class Order(msgspec.Struct, frozen=True):
    id: int
    updated_at: datetime
    financial_status: str
    test: bool
    currency: str
    cancelled: bool = False
    country: str | None = None
    lines: tuple[Line, ...] = ()

    @property
    def entity(self) -> str:
        return f"order:{self.id}"

    @property
    def has_ended(self) -> bool:
        """Whether it was cancelled or given back as a whole, from which no order returns."""
        return self.cancelled or self.financial_status in GIVEN_BACK


class Product(msgspec.Struct, frozen=True):
    """`variants` is None where they were not told; `has_all_variants` is False for a cut list."""

    id: int
    updated_at: datetime
    title: str
    handle: str
    published: bool
    image: str | None = None
    vendor: str = ""
    product_type: str = ""
    tags: tuple[str, ...] = ()
    variants: tuple[Variant, ...] | None = None
    has_all_variants: bool = True

    @property
    def entity(self) -> str:
        return f"product:{self.id}"


class DeletedProduct(msgspec.Struct, frozen=True):
    id: int
    updated_at: datetime

    @property
    def entity(self) -> str:
        return f"product:{self.id}"


class DeletedCollection(msgspec.Struct, frozen=True):
    id: int
    updated_at: datetime

    @property
    def entity(self) -> str:
        return f"collection:{self.id}"


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """What all events share; `occurred_at` is when it happened, not when it arrived."""

    topic: ClassVar[str]

    id: UUID
    version: int = 1
    shop: str
    occurred_at: datetime
    received_at: datetime
    delivery: DeliveryReference

    @property
    def told_at(self) -> datetime:
        """When Shopify said so, which decides between changes of one second."""
        return self.delivery.triggered_at or self.received_at

    @property
    def type(self) -> str:
        return str(self.__struct_config__.tag)


class OrderEvent(Event, frozen=True, kw_only=True):
    topic: ClassVar[str] = ORDER_EVENTS
    data: Order


class OrderCreated(OrderEvent, frozen=True, tag="order.created"):
    pass


class OrderUpdated(OrderEvent, frozen=True, tag="order.updated"):
    pass


class OrderPaid(OrderEvent, frozen=True, tag="order.paid"):
    pass


class OrderCancelled(OrderEvent, frozen=True, tag="order.cancelled"):
    pass


class ProductEvent(Event, frozen=True, kw_only=True):
    topic: ClassVar[str] = PRODUCT_EVENTS
    data: Product


class ProductCreated(ProductEvent, frozen=True, tag="product.created"):
    pass


class ProductUpdated(ProductEvent, frozen=True, tag="product.updated"):
    pass


class ProductDeleted(Event, frozen=True, kw_only=True, tag="product.deleted"):
    topic: ClassVar[str] = PRODUCT_EVENTS
    data: DeletedProduct


class CollectionEvent(Event, frozen=True, kw_only=True):
    topic: ClassVar[str] = PRODUCT_EVENTS
    data: Collection


class CollectionCreated(CollectionEvent, frozen=True, tag="collection.created"):
    pass


class CollectionUpdated(CollectionEvent, frozen=True, tag="collection.updated"):
    pass


class CollectionDeleted(Event, frozen=True, kw_only=True, tag="collection.deleted"):
    topic: ClassVar[str] = PRODUCT_EVENTS
    data: DeletedCollection


class InventoryChanged(Event, frozen=True, kw_only=True, tag="inventory.changed"):
    """An item is stocked at a location, more or less of it than before, or no longer at all."""

    topic: ClassVar[str] = PRODUCT_EVENTS
    data: Level


class Wish(msgspec.Struct, frozen=True):
    """Whose open page a test card is for."""

    viewer: str
    member: str


class PreviewRequested(Event, frozen=True, kw_only=True, tag="preview.requested"):
    """Nothing that happened in the shop: it proves no notification, and none can come of it."""

    topic: ClassVar[str] = ORDER_EVENTS
    data: Wish


ShopEvent = (
    OrderCreated
    | OrderUpdated
    | OrderPaid
    | OrderCancelled
    | ProductCreated
    | ProductUpdated
    | ProductDeleted
    | CollectionCreated
    | CollectionUpdated
    | CollectionDeleted
    | InventoryChanged
)
CatalogueEvent = (
    ProductEvent | ProductDeleted | CollectionEvent | CollectionDeleted | InventoryChanged
)
AnyEvent = ShopEvent | PreviewRequested


class Envelope(msgspec.Struct, frozen=True):
    """What is readable of any event, also of one whose type or data are not."""

    id: UUID
    shop: str
    delivery: DeliveryReference


_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[AnyEvent] = msgspec.json.Decoder(AnyEvent)


def id_of(shop: str, webhook_id: str) -> UUID:
    """The same delivery always gives the same event id, so a repeated one changes nothing."""
    return uuid5(_EVENT_IDS, f"{shop} {webhook_id}")


def encode(event: AnyEvent) -> bytes:
    return _encoder.encode(event)


def decode(value: bytes) -> AnyEvent:
    """Raises msgspec.DecodeError (or its ValidationError) for anything else than one of ours."""
    return _decoder.decode(value)


def envelope(value: bytes) -> Envelope | None:
    """None where the bytes are no event at all."""
    try:
        return msgspec.json.decode(value, type=Envelope)
    except NOT_JSON:
        return None
