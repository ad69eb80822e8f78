from datetime import UTC, datetime, timedelta
from uuid import uuid4

from app.data import figures, interaction_counts, interactions, shops
from app.data.figures import Figures
from app.data.interaction_counts import Counts
from app.domain import days
from app.domain.interactions import Batch, Interaction, Kind
from app.domain.notifications import Notification
from app.domain.shops import ShopFacts
from app.doors import Doors
from app.services import tallying
from tests.cast import ALBA, BOREALIS
from tests.data.tellings import a_notification, install, tell


async def _happens(doors: Doors, told: Notification, *kinds: Kind, shop: str = ALBA) -> None:
    now = doors.clock()
    items = tuple(Interaction(kind, told.id, told.rule, now) for kind in kinds)
    async with doors.data.tenant(shop) as connection:
        await interactions.store(connection, shop, Batch(uuid4(), items))
    while await tallying.tally(doors.data) is not None:
        pass


async def test_each_notification_has_its_own_counts(opened: Doors) -> None:
    await install(opened, ALBA, BOREALIS)
    told = a_notification(1), a_notification(2), a_notification(3)
    await tell(opened, *told)
    await _happens(opened, told[0], "impression", "impression", "click")
    await _happens(opened, told[1], "dismissal")
    ids = [each.id for each in told]
    async with opened.data.tenant(ALBA) as connection:
        counts = await interaction_counts.of_each(connection, ALBA, ids)
    assert [counts[each] for each in ids] == [Counts(2, 1, 0), Counts(0, 0, 1), Counts()]
    async with opened.data.tenant(BOREALIS) as connection:
        assert await interaction_counts.of_each(connection, ALBA, ids) == {}


async def test_figures_are_of_the_time_since_and_of_the_shop_alone(opened: Doors) -> None:
    await install(opened, ALBA, BOREALIS)
    told = a_notification(1)
    await tell(opened, told, a_notification(2, state="retracted", reason="by-hand"))
    await _happens(opened, told, "impression", "impression", "click")
    now = opened.clock()
    async with opened.data.tenant(ALBA) as connection:
        assert await figures.since(connection, ALBA, now - timedelta(hours=1)) == Figures(
            2, 2, 1, 1
        )
        # What was seen counts by the hour.
        later = now + timedelta(hours=1)
        assert await figures.since(connection, ALBA, later) == Figures(0, 0, 0, 0)
    async with opened.data.tenant(BOREALIS) as connection:
        assert await figures.since(connection, ALBA, now - timedelta(hours=1)) == Figures(
            0, 0, 0, 0
        )


async def test_a_shop_has_its_own_zone_as_soon_as_it_is_known(opened: Doors) -> None:
    await install(opened, ALBA)
    async with opened.data.tenant(ALBA) as connection:
        assert await shops.zone(connection, ALBA) is UTC
        facts = ShopFacts("Alba", "https://alba.example", "JPY", "Asia/Tokyo", "ja", "Basic")
        await shops.learn(connection, ALBA, facts, opened.clock())
        where = await shops.zone(connection, ALBA)
    assert days.start_of_today(datetime(2026, 11, 21, 16, tzinfo=UTC), where) == datetime(
        2026, 11, 21, 15, tzinfo=UTC
    )
