"""Customers as webhooks carry them. On Kafka goes that there is one, and nothing of who it is."""

from datetime import datetime

import msgspec

from app.domain.buyers import NOBODY, Buyer
from app.domain.discretion import Discreet
from app.domain.events import Customer, CustomerTags, Purchases, customer_id
from app.errors import NOT_JSON
from app.shopify import gids
from app.shopify.ids import Id
from app.shopify.moments import with_zone


class _Address(Discreet, frozen=True):
    city: str | None = None
    province: str | None = None
    country_code: str | None = None


class _Customer(Discreet, frozen=True):
    id: Id
    first_name: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    default_address: _Address | None = None


class _Person(Discreet, frozen=True):
    """What may be told, of whatever else the body may say."""

    id: Id | None = None
    first_name: str | None = None
    default_address: _Address | None = None


class _Tags(Discreet, frozen=True, rename="camel"):
    customer_id: str
    tags: list[str] | str = ""
    occurred_at: datetime | None = None


class _Purchases(msgspec.Struct, rename="camel"):
    customer_id: str
    number_of_orders: int | str = 0
    last_order_id: str | None = None
    occurred_at: datetime | None = None


_decoder = msgspec.json.Decoder(_Customer, strict=False)
_people = msgspec.json.Decoder(_Person)
_tags = msgspec.json.Decoder(_Tags)
_purchases = msgspec.json.Decoder(_Purchases)


def read(shop: str, body: bytes, said_at: datetime) -> tuple[Customer, datetime]:
    """The customer and when it became one; raises msgspec.DecodeError for what is none."""
    payload = _decoder.decode(body)
    updated_at = with_zone(payload.updated_at or payload.created_at or said_at)
    country = payload.default_address.country_code if payload.default_address else None
    created_at = with_zone(payload.created_at or updated_at)
    customer = customer_id(shop, payload.id)
    return Customer(customer, updated_at, country or None), created_at


def read_deleted(shop: str, body: bytes, said_at: datetime) -> Customer:
    return Customer(customer_id(shop, _decoder.decode(body).id), said_at)


def read_tags(shop: str, body: bytes, said_at: datetime) -> CustomerTags:
    payload = _tags.decode(body)
    at = with_zone(payload.occurred_at or said_at)
    return CustomerTags(customer_id(shop, gids.number(payload.customer_id)), at)


def read_purchases(shop: str, body: bytes, said_at: datetime) -> Purchases:
    payload = _purchases.decode(body)
    at = with_zone(payload.occurred_at or said_at)
    customer = customer_id(shop, gids.number(payload.customer_id))
    last = gids.number(payload.last_order_id) if payload.last_order_id else None
    return Purchases(customer, at, max(0, int(payload.number_of_orders)), last)


def tags(body: bytes) -> tuple[str, ...]:
    """In lower case; none where the body does not say any more whose they were."""
    try:
        found = _tags.decode(body).tags
    except NOT_JSON:
        return ()
    told = found.split(",") if isinstance(found, str) else found
    return tuple(dict.fromkeys(tag.strip().lower() for tag in told if tag.strip()))


def person(body: bytes) -> Buyer:
    """Nobody where the body tells of nobody."""
    try:
        found = _people.decode(body)
    except NOT_JSON:
        return NOBODY
    home = found.default_address or _Address()
    return Buyer(
        found.first_name,
        town=home.city,
        region=home.province,
        country=home.country_code,
        customer=found.id,
    )
