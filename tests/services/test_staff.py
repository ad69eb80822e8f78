"""Names of those who work in a shop, against the stand-in's token endpoint."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from app import doors as doors_module
from app.data import staff as stored_staff
from app.doors import Doors
from app.services import lifecycle, staff
from app.shopify.id_tokens import Merchant
from sandbox.shopify.stand_in import StandIn
from tests.cast import ALBA, BOREALIS, bearer, id_token
from tests.routes.conftest import asking


@pytest.fixture
async def owner(opened: Doors, stand_in: StandIn) -> AsyncIterator[Merchant]:
    """Alba's owner has just installed."""
    stand_in.reset()
    shop = stand_in.world.shop(ALBA)
    merchant = Merchant(ALBA, str(shop.owner.id), opened.clock())
    await lifecycle.install(opened.data, merchant, opened.clock())
    yield merchant
    stand_in.reset()


async def _name(doors: Doors, merchant: Merchant) -> str | None:
    async with doors.data.tenant(merchant.shop) as connection:
        return await stored_staff.name_of(connection, merchant.shop, merchant.user)


async def test_whoever_comes_for_the_first_time_is_known_by_name(
    opened: Doors, stand_in: StandIn, owner: Merchant
) -> None:
    await staff.meet(opened, owner, id_token(sub=owner.user))
    assert await _name(opened, owner) == "Ana Moreau"


async def test_a_name_that_is_known_is_not_asked_for_again(opened: Doors, owner: Merchant) -> None:
    await staff.meet(opened, owner, id_token(sub=owner.user))
    await staff.meet(opened, owner, "not a token")
    assert await _name(opened, owner) is not None


async def test_a_shopify_that_does_not_answer_is_asked_again_another_day(
    opened: Doors, owner: Merchant
) -> None:
    nowhere = replace(opened.settings, shopify_shop_url="http://127.0.0.1:9/{shop}")
    async with doors_module.opened(nowhere) as elsewhere:
        await staff.meet(elsewhere, owner, id_token(sub=owner.user))
    await staff.meet(opened, owner, id_token(sub=owner.user))
    assert await _name(opened, owner) is None


async def test_a_redis_that_is_away_keeps_no_page_from_opening(
    opened: Doors, owner: Merchant
) -> None:
    nowhere = replace(opened.settings, redis_url="redis://127.0.0.1:9/0")
    async with doors_module.opened(nowhere) as elsewhere:
        await staff.meet(elsewhere, owner, id_token(sub=owner.user))
    assert await _name(opened, owner) is None


async def test_the_name_of_somebody_else_is_not_taken(
    opened: Doors, stand_in: StandIn, owner: Merchant
) -> None:
    """Whom Shopify names is whom the exchanged token belongs to."""
    other = Merchant(ALBA, "4711", opened.clock())
    await staff.meet(opened, other, id_token(sub=owner.user))
    assert await _name(opened, other) is None


async def test_opening_the_app_introduces_the_merchant(
    opened: Doors, stand_in: StandIn, owner: Merchant
) -> None:
    async with asking(opened) as web:
        answer = await web.get("/", headers=bearer(sub=owner.user))
    assert answer.status_code == 200
    assert await _name(opened, owner) == "Ana Moreau"
    theirs = Merchant(BOREALIS, owner.user, opened.clock())
    assert await _name(opened, theirs) is None
