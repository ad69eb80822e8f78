"""Shops that sell much."""

from sandbox.shopify.cast.goods import Goods, make_product
from sandbox.shopify.stand_in import StandIn


def add_products(stand_in: StandIn, shop: str, count: int) -> None:
    stand_in.world.products(shop).extend(
        make_product(
            shop,
            "Many",
            number % 30,
            Goods(
                handle=f"thing-{number}",
                title=f"Thing {number}",
                kind="Thing",
                description="One of many.",
                variants=(("Default Title", "1.00"),),
                collections=(),
                tags=(),
            ),
        )
        for number in range(count)
    )
