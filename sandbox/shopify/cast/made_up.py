"""Goods that are made up on wish: one by name, or hundreds for whoever pages through them."""

import random
from collections.abc import Collection, Iterator
from datetime import timedelta
from decimal import Decimal

from sandbox.shopify.cast import alba, borealis
from sandbox.shopify.cast.goods import OPENED, Goods, handle, make_product
from sandbox.shopify.state.products import Product
from sandbox.shopify.state.shops import Shop

_SHADES = ("Chalk", "Terracotta", "Sage", "Slate", "Ochre", "Plum", "Sand", "Ink", "Moss", "Rose")
_KINDS = ("mug", "bowl", "vase", "plate", "jug", "tile", "lamp", "blanket", "candle", "tray")
_SEEDS = {alba.DOMAIN: alba.GOODS, borealis.DOMAIN: borealis.GOODS}
AT_ONCE = 7


def product(shop: Shop, title: str, price: Decimal, stock: int) -> Product:
    return _made(shop, title, price, stock, number=sum(map(ord, title)))


def unused_title(taken: Collection[str]) -> str:
    """One whose handle is none of these."""
    titles = [f"{shade} {kind}" for shade in _SHADES for kind in _KINDS]
    return random.choice([title for title in titles if handle(title) not in taken])


def products(shop: Shop, first: int, last: int) -> Iterator[Product]:
    """Numbered; several share a second, so that pages have to tell them apart by id."""
    for number in range(first, last + 1):
        kind = _KINDS[number // len(_SHADES) % len(_KINDS)]
        title = f"{_SHADES[number % len(_SHADES)]} {kind} {number}"
        made = _made(shop, title, Decimal(9 + number % 90), number % 40, number)
        made.created_at = made.updated_at = OPENED + timedelta(seconds=number // AT_ONCE)
        yield made


def _made(shop: Shop, title: str, price: Decimal, stock: int, number: int) -> Product:
    """With one of the seed's pictures."""
    seed = _SEEDS[shop.domain]
    goods = Goods(
        handle=handle(title),
        title=title,
        kind="Made up",
        description="Made up on wish.",
        variants=(("Default Title", f"{price:.2f}"),),
        collections=(),
        tags=("made up",),
    )
    made = make_product(shop.domain, shop.name, 0, goods)
    made.picture = seed[number % len(seed)].handle
    made.variants[0].change_stock(made.variants[0].levels[0], stock)
    return made
