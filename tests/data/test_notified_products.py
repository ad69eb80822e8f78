from datetime import timedelta

from app.data import notified_products
from app.data.notified_products import NotifiedProduct
from app.domain.notifications import Facts, ProductFacts
from app.doors import Doors
from tests.cast import ALBA, BOREALIS
from tests.data.tellings import NOW, a_notification, install, tell

RENAMED = Facts(ProductFacts(8001, "Alba cup"), 1)


async def test_products_are_those_told_of_last_by_what_they_were_called_last(opened: Doors) -> None:
    await install(opened, ALBA, BOREALIS)
    await tell(
        opened,
        a_notification(1, title="Alba mug"),
        a_notification(2, title="Zinc jug"),
        a_notification(3, facts=RENAMED, occurred_at=NOW + timedelta(hours=1)),
        a_notification(4, title="bowl", occurred_at=NOW - timedelta(days=9)),
    )
    await tell(opened, a_notification(7, BOREALIS, title="Borealis lamp"), shop=BOREALIS)
    async with opened.data.tenant(ALBA) as connection:
        assert await notified_products.latest(connection, ALBA, 3) == [
            NotifiedProduct(8001, "Alba cup"),
            NotifiedProduct(8002, "Zinc jug"),
        ]
        assert await notified_products.title_of(connection, ALBA, 8001) == "Alba cup"
        assert await notified_products.title_of(connection, ALBA, 8004) == "bowl"
        assert await notified_products.title_of(connection, ALBA, 8007) is None
        assert await notified_products.latest(connection, BOREALIS, 3) == []
