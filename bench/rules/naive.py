"""The peer: the same question answered the plain way, with nothing made ready."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from app.domain.rule_filters import Goods, Occasion, when
from app.domain.rules import Filters, Rule, Selection


def reason_against(rule: Rule, asked: Occasion, now: datetime, zone: tzinfo) -> str | None:
    if not rule.enabled:
        return "rule-off"
    if not rule.is_recent(asked.occurred_at, now):
        return "too-old"
    against = next(_against(rule.wish.filters, asked), None)
    return against or when(rule.wish.schedule, now.astimezone(zone))


def _against(filters: Filters, asked: Occasion) -> Iterator[str]:
    if asked.channel not in filters.channels:
        yield "channel"
    if filters.countries and asked.country not in filters.countries:
        yield "country"
    if filters.customers != "all" and asked.is_first is not (filters.customers == "first"):
        yield "customer"
    if _is_beyond(filters, asked.goods):
        yield "price"
    if _is_among(filters.never, asked.goods):
        yield "excluded-product"
    if filters.only != Selection() and not _is_among(filters.only, asked.goods):
        yield "other-product"


def _is_beyond(filters: Filters, goods: Goods | None) -> bool:
    least, most = filters.least_price, filters.most_price
    if least is None and most is None:
        return False
    if goods is None or goods.price is None:
        return True
    return (least is not None and goods.price < least) or (most is not None and goods.price > most)


def _is_among(selection: Selection, goods: Goods | None) -> bool:
    return goods is not None and (
        goods.id in selection.products
        or goods.vendor in selection.vendors
        or any(tag in selection.tags for tag in goods.tags)
        or any(one in selection.collections for one in goods.collections)
    )
