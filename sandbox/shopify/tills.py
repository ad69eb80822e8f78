"""What buyers and merchants do: every verb changes the world and lets Shopify tell the app."""

import secrets
from collections.abc import Iterator, Sequence

from sandbox.shopify.refusals import Refused
from sandbox.shopify.state.customers import Customer
from sandbox.shopify.state.moments import later_than, now
from sandbox.shopify.state.orders import Fulfillment, Line, Order, Refund, RefundLine
from sandbox.shopify.state.products import Product, Variant
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.state.world import World
from sandbox.shopify.webhooks import payloads
from sandbox.shopify.webhooks.announcements import Announcer, Message

Item = tuple[Product, Variant, int]


class Till:
    def __init__(self, world: World, announcer: Announcer) -> None:
        self._world = world
        self._announcer = announcer

    def place(
        self,
        shop: Shop,
        customer: Customer,
        items: Sequence[Item],
        *,
        paid: bool = True,
        test: bool = False,
        told: bool = True,
        cart_token: str | None = None,
        note_attributes: dict[str, str] | None = None,
    ) -> Order:
        moment = now().replace(microsecond=0)
        order = Order(
            id=self._world.ids.next(),
            number=shop.next_order_number(),
            shop=shop,
            customer=customer,
            lines=[self._line(*item) for item in items],
            financial_status="paid" if paid else "pending",
            test=test,
            created_at=moment,
            updated_at=moment,
            token=secrets.token_hex(16),
            cart_token=cart_token,
            note_attributes=note_attributes or {},
        )
        self._world.add_order(order)
        stock = self._take_from_stock(order.lines, order.shop)
        topics = ("orders/create", "orders/paid", "orders/updated") if paid else ("orders/create",)
        if told:
            self._announcer.order(order, *topics, also=stock)
        return order

    def pay(self, order: Order) -> None:
        if order.cancelled_at or order.is_paid:
            state = "cancelled" if order.cancelled_at else "paid already"
            raise Refused(f"Order {order.name} is {state}.")
        order.financial_status = "paid"
        self._touch(order)
        self._announcer.order(order, "orders/paid", "orders/updated")

    def cancel(self, order: Order) -> None:
        """A paid order stays paid until it is refunded; an unpaid one is voided."""
        self._insist_on_open(order)
        if order.fulfillment_status:
            raise Refused(f"Order {order.name} is fulfilled; refund it instead.")
        self._touch(order)
        order.cancelled_at = order.updated_at
        order.cancel_reason = "customer"
        if not order.is_paid:
            order.financial_status = "voided"
        self._announcer.order(order, "orders/cancelled", "orders/updated")

    def refund(self, order: Order, quantities: dict[int, int] | None = None) -> Refund:
        """Whole, or the given quantities by line id."""
        if not order.is_paid or order.is_refunded:
            raise Refused(f"Order {order.name} is {order.financial_status}; nothing to refund.")
        lines = self._refund_lines(order, quantities)
        for refunded in lines:
            refunded.line.current_quantity -= refunded.quantity
        self._touch(order)
        refund = Refund(self._world.ids.next(), self._world.ids.next(), order.updated_at, lines)
        order.refunds.append(refund)
        is_whole = not any(line.current_quantity for line in order.lines)
        order.financial_status = "refunded" if is_whole else "partially_refunded"
        stock = self._return_to_stock(order.shop, lines)
        created = ("refunds/create", payloads.lines.refund(order, refund))
        self._announcer.order(order, "orders/updated", before=(created,), also=stock)
        return refund

    def edit(self, order: Order, product: Product, variant: Variant, quantity: int) -> Line:
        """Adds an item; what it costs is settled at once, so the order keeps its status."""
        self._insist_on_open(order)
        line = self._line(product, variant, quantity)
        order.lines.append(line)
        self._touch(order)
        edited = payloads.orders.order_edit(order, line, self._world.ids.next())
        self._announcer.order(
            order,
            "orders/updated",
            also=(("orders/edited", edited), *self._take_from_stock([line], order.shop)),
        )
        return line

    def fulfill(self, order: Order) -> None:
        self._insist_on_open(order)
        if order.fulfillment_status:
            raise Refused(f"Order {order.name} is fulfilled already.")
        self._touch(order)
        order.fulfillments.append(Fulfillment(self._world.ids.next(), order.updated_at))
        order.fulfillment_status = "fulfilled"
        self._announcer.order(order, "orders/fulfilled", "orders/updated")

    def _line(self, product: Product, variant: Variant, quantity: int) -> Line:
        number = self._world.ids.next()
        return Line(number, product, variant, product.title, variant.price, quantity, quantity)

    def _take_from_stock(self, lines: Sequence[Line], shop: Shop) -> tuple[Message, ...]:
        return tuple(
            message
            for line in lines
            for message in self._restock(shop, line.variant, -line.quantity)
        )

    def _return_to_stock(self, shop: Shop, lines: Sequence[RefundLine]) -> tuple[Message, ...]:
        return tuple(
            message
            for one in lines
            for message in self._restock(shop, one.line.variant, one.quantity)
        )

    def _restock(self, shop: Shop, variant: Variant, by: int) -> Iterator[Message]:
        """Where the variant is sold from; one that is stocked nowhere is sold without counting."""
        for level in variant.levels[:1]:
            variant.change_stock(level, level.available + by)
            yield self._announcer.stock_message(shop, "inventory_levels/update", variant, level)

    def _refund_lines(self, order: Order, quantities: dict[int, int] | None) -> list[RefundLine]:
        wanted = quantities or {line.id: line.current_quantity for line in order.lines}
        known = {line.id: line for line in order.lines}
        made = []
        for line_id, quantity in wanted.items():
            if line_id not in known or not 0 <= quantity <= known[line_id].current_quantity:
                raise Refused(f"Order {order.name} cannot refund {quantity} of line {line_id}.")
            if quantity:
                made.append(RefundLine(self._world.ids.next(), known[line_id], quantity))
        return made

    def _insist_on_open(self, order: Order) -> None:
        if order.cancelled_at:
            raise Refused(f"Order {order.name} is cancelled.")

    def _touch(self, order: Order) -> None:
        order.updated_at = later_than(order.updated_at)
