"""Carts of any size, whose webhooks come in any order."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.data import activity, notifications
from app.domain import jobs
from app.domain.kinds import CART_ACTIVITY
from app.services.reactions import counts
from app.services.sync import working
from app.services.sync.kinds import KINDS
from tests.cast import ALBA, product
from tests.services.reactions.shops import Talk

NOW = datetime.now(UTC)
SAID = "Alba mug was put into 1 cart in the last 24 hours"


async def test_few_products_of_a_large_cart_are_counted_at_once_and_the_rest_soon(
    alba: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "AT_ONCE", 2)
    await _sell(alba, 8002, 8003)
    await alba.wishes("cart-activity", minimum=1)
    await _count(alba)
    await _put(alba, 8001, 8002, 8003)
    assert await _told(alba) == [8001, 8002]
    await _count(alba)
    assert await _told(alba) == [8001, 8002, 8003]


async def test_what_a_large_cart_changes_is_counted_first(
    alba: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "AT_ONCE", 1)
    await _sell(alba, 8002)
    await alba.wishes("cart-activity", minimum=1)
    await _put(alba, 8001)
    await _put(alba, 8001, 8002, after=timedelta(seconds=1))
    assert await _told(alba) == [8001, 8002]


async def test_rule_that_is_switched_off_counts_nothing_and_says_so(
    alba: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = _looks(monkeypatch)
    await _put(alba, 8001)
    assert looked == []
    assert await alba.decisions("cart-activity") == ["rule-off"]


async def test_rule_that_was_just_switched_off_takes_back_what_it_told(alba: Talk) -> None:
    await alba.wishes("cart-activity", minimum=1)
    await _put(alba, 8001)
    await alba.wishes("cart-activity", minimum=1, enabled=False)
    await _put(alba, 8001, after=timedelta(seconds=1))
    assert await alba.said("cart-activity") == [SAID, "-"]


async def test_window_that_is_named_a_thousand_times_is_looked_through_once(
    alba: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await alba.wishes("cart-activity", minimum=2, windows=("24h", "7d"))
    async with alba.chain.doors.data.tenant(ALBA) as connection:
        await connection.execute(
            "UPDATE rules SET data = jsonb_set(data, '{windows}',"
            " (SELECT jsonb_agg('24h'::text) FROM generate_series(1, 1000))) WHERE kind = $1",
            CART_ACTIVITY,
        )
    looked = _looks(monkeypatch)
    await _put(alba, 8001)
    assert looked == [8001]


async def test_late_update_of_a_cart_brings_nothing_back(alba: Talk) -> None:
    await alba.wishes("cart-activity", minimum=1)
    await _put(alba, 8001)
    await _put(alba, after=timedelta(seconds=20))
    await _put(alba, 8001, after=timedelta(seconds=10))
    assert await alba.said("cart-activity") == [SAID, "-"]


async def test_product_that_is_put_back_counts_from_then_on(alba: Talk) -> None:
    await alba.wishes("cart-activity", minimum=1, windows=("24h",))
    for ago, products in ((5, [8001]), (4, []), (0, [8001])):
        await _put(alba, *products, after=-timedelta(days=ago))
    assert await alba.said("cart-activity") == [SAID]


async def test_product_that_stays_counts_from_when_it_was_put_there(alba: Talk) -> None:
    await alba.wishes("cart-activity", minimum=1, windows=("24h",))
    for ago in (5, 0):
        await _put(alba, 8001, after=-timedelta(days=ago))
    assert await alba.said("cart-activity") == []


async def _put(talk: Talk, *products: int, after: timedelta = timedelta()) -> None:
    """All that is in the one cart, as of a moment."""
    moment = (NOW + after).isoformat()
    lines = [{"id": each, "product_id": each, "quantity": 1} for each in products]
    cart = {"id": "c", "token": "c", "line_items": lines, "updated_at": moment}
    await talk.chain.tell("carts/update", cart)


async def _sell(talk: Talk, *products: int) -> None:
    for each in products:
        await talk.chain.tell("products/create", product(id=each))


async def _told(talk: Talk) -> list[int]:
    async with talk.chain.doors.data.tenant(ALBA):
        found = await notifications.latest(ALBA, 99, published_only=True)
    told = [each.facts.product for each in found if each.kind == CART_ACTIVITY]
    return sorted(each.id for each in told if each)


async def _count(talk: Talk) -> None:
    kind = {jobs.COUNTS: KINDS[jobs.COUNTS]}
    while await working.work_one(talk.chain.doors, kind):
        pass


def _looks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The products whose activity is looked at from now on."""
    original, looked = activity.lately, []

    async def noted(connection: Any, shop: str, kind: Any, product: int, since: datetime) -> Any:
        looked.append(product)
        return await original(connection, shop, kind, product, since)

    monkeypatch.setattr(activity, "lately", noted)
    return looked
