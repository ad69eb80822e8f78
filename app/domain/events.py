"""What happened, in Earshot's own versioned words: one struct per type, as it travels on Kafka.

An event carries ids and facts about goods. Personal data stays in the delivery that it names.
"""

from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID, uuid5

import msgspec

from app.domain.catalogue import Collection, Level, Variant
from app.domain.deliveries import StoredDelivery
from app.errors import NOT_JSON

ORDER_EVENTS = "order-events"
CUSTOMER_EVENTS = "customer-events"
PRODUCT_EVENTS = "product-events"
TOPICS = (ORDER_EVENTS, CUSTOMER_EVENTS, PRODUCT_EVENTS)

# Financial statuses of an order that was given back as a whole.
GIVEN_BACK = frozenset({"refunded", "voided"})

_EVENT_IDS = UUID("6f1a63d2-9d3e-4f0c-8a55-0d8b6a1f7f10")
_CUSTOMER_IDS = UUID("3d7b1f0a-51c6-4e0b-8b0e-9a64c2f5d821")


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


Channel = Literal["online", "pos", "draft", "other"]


class Order(msgspec.Struct, frozen=True):
    id: int
    updated_at: datetime
    financial_status: str
    test: bool
    currency: str
    cancelled: bool = False
    country: str | None = None
    lines: tuple[Line, ...] = ()
    channel: Channel = "other"

    @property
    def entity(self) -> str:
        return f"order:{self.id}"

    @property
    def has_ended(self) -> bool:
        """Whether it was cancelled or given back as a whole, from which no order returns."""
        return self.cancelled or self.financial_status in GIVEN_BACK


class RefundedLine(msgspec.Struct, frozen=True):
    id: int
    quantity: int


class Refund(msgspec.Struct, frozen=True):
    """Some of an order's lines were given back, or parts of them."""

    id: int
    order_id: int
    updated_at: datetime
    lines: tuple[RefundedLine, ...] = ()

    @property
    def entity(self) -> str:
        return f"refund:{self.order_id}"


class CartLine(msgspec.Struct, frozen=True):
    product_id: int
    quantity: int


class Cart(msgspec.Struct, frozen=True):
    """A cart, or the checkout of one: `token` is the cart's."""

    token: str
    updated_at: datetime
    is_completed: bool = False
    lines: tuple[CartLine, ...] = ()

    @property
    def entity(self) -> str:
        return f"cart:{self.token}"


class Customer(msgspec.Struct, frozen=True):
    """That there is one, and nothing of who it is: `id` is derived, see `customer_id`."""

    id: UUID
    updated_at: datetime
    country: str | None = None

    @property
    def entity(self) -> str:
        return f"customer:{self.id}"


class CustomerTags(msgspec.Struct, frozen=True):
    """That a customer's tags have changed; which they are, only the delivery says."""

    id: UUID
    updated_at: datetime

    @property
    def entity(self) -> str:
        return f"customer:{self.id}"


class Purchases(msgspec.Struct, frozen=True):
    """How many orders a customer has placed by then, and which was the last of them."""

    id: UUID
    updated_at: datetime
    orders: int
    last_order: int | None = None

    @property
    def entity(self) -> str:
        return f"customer:{self.id}"


class Review(msgspec.Struct, frozen=True):
    """As the shop reports it."""

    reference: str
    updated_at: datetime
    product_id: int
    rating: float

    @property
    def entity(self) -> str:
        return f"review:{self.reference}"


class ShopNews(msgspec.Struct, frozen=True):
    """Something that the shop reports of itself, by a name of its own."""

    reference: str
    updated_at: datetime
    kind: str
    product_id: int | None = None

    @property
    def entity(self) -> str:
        return f"report:{self.reference}"


class Announced(msgspec.Struct, frozen=True):
    """The merchant publishes what a rule says; `wording` is what it said then."""

    rule: UUID
    updated_at: datetime
    wording: dict[str, str]

    @property
    def entity(self) -> str:
        return f"announcement:{self.rule}"


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
    created_at: datetime | None = None

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


class OrderFulfilled(OrderEvent, frozen=True, tag="order.fulfilled"):
    pass


class OrderPartiallyFulfilled(OrderEvent, frozen=True, tag="order.partially_fulfilled"):
    pass


class RefundCreated(Event, frozen=True, kw_only=True, tag="refund.created"):
    topic: ClassVar[str] = ORDER_EVENTS
    data: Refund


class CartEvent(Event, frozen=True, kw_only=True):
    topic: ClassVar[str] = ORDER_EVENTS
    data: Cart


class CartCreated(CartEvent, frozen=True, tag="cart.created"):
    pass


class CartUpdated(CartEvent, frozen=True, tag="cart.updated"):
    pass


class CheckoutCreated(CartEvent, frozen=True, tag="checkout.created"):
    pass


class CheckoutUpdated(CartEvent, frozen=True, tag="checkout.updated"):
    pass


class CustomerEvent(Event, frozen=True, kw_only=True):
    topic: ClassVar[str] = CUSTOMER_EVENTS
    data: Customer


class CustomerCreated(CustomerEvent, frozen=True, tag="customer.created"):
    pass


class CustomerUpdated(CustomerEvent, frozen=True, tag="customer.updated"):
    pass


class CustomerDeleted(CustomerEvent, frozen=True, tag="customer.deleted"):
    pass


class CustomerTagged(Event, frozen=True, kw_only=True, tag="customer.tagged"):
    topic: ClassVar[str] = CUSTOMER_EVENTS
    data: CustomerTags


class CustomerUntagged(Event, frozen=True, kw_only=True, tag="customer.untagged"):
    topic: ClassVar[str] = CUSTOMER_EVENTS
    data: CustomerTags


class PurchasesCounted(Event, frozen=True, kw_only=True, tag="customer.purchased"):
    topic: ClassVar[str] = CUSTOMER_EVENTS
    data: Purchases


class ReviewPosted(Event, frozen=True, kw_only=True, tag="review.posted"):
    topic: ClassVar[str] = PRODUCT_EVENTS
    data: Review


class ShopReported(Event, frozen=True, kw_only=True, tag="shop.reported"):
    topic: ClassVar[str] = PRODUCT_EVENTS
    data: ShopNews


class AnnouncementPublished(Event, frozen=True, kw_only=True, tag="announcement.published"):
    topic: ClassVar[str] = PRODUCT_EVENTS
    data: Announced


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
    | OrderFulfilled
    | OrderPartiallyFulfilled
    | RefundCreated
    | CartCreated
    | CartUpdated
    | CheckoutCreated
    | CheckoutUpdated
    | CustomerCreated
    | CustomerUpdated
    | CustomerDeleted
    | CustomerTagged
    | CustomerUntagged
    | PurchasesCounted
    | ReviewPosted
    | ShopReported
    | AnnouncementPublished
    | ProductCreated
    | ProductUpdated
    | ProductDeleted
    | CollectionCreated
    | CollectionUpdated
    | CollectionDeleted
    | InventoryChanged
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


def reference_to(delivery: StoredDelivery) -> DeliveryReference:
    return DeliveryReference(
        delivery.id,
        delivery.webhook_id,
        delivery.topic,
        delivery.api_version,
        delivery.triggered_at,
    )


def customer_id(shop: str, number: int) -> UUID:
    """In place of Shopify's own, which would name somebody wherever the event goes."""
    return uuid5(_CUSTOMER_IDS, f"{shop} {number}")


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
