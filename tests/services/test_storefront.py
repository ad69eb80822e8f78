from datetime import UTC, datetime

import pytest

from app.data import shops
from app.domain.rules import first_of
from app.domain.settings import Appearance, Pacing, QuietHours, ShopSettings
from app.domain.shops import ShopFacts
from app.domain.storefront import Config
from app.doors import Doors
from app.services import storefront
from tests.cast import ALBA, BOREALIS, order
from tests.services.chain import Chain

WANTED = ShopSettings(
    appearance=Appearance(theme="dark"), pacing=Pacing(quiet_hours=QuietHours("00:00", "06:00"))
)
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MIDNIGHT = int(datetime(2026, 11, 21, tzinfo=UTC).timestamp()) // 60


async def draft(doors: Doors, shop: str = ALBA) -> Config:
    return await storefront.draft(doors.data, doors.settings, shop, WANTED, [first_of(shop)], NOW)


async def test_a_draft_is_what_a_page_would_be_told(chain: Chain) -> None:
    await chain.install()
    await chain.tell("orders/create", order())
    drafted = await draft(chain.doors)
    assert "--earshot-surface:#1d1c1a" in drafted.style
    assert len(drafted.rules) == 1
    assert (drafted.cards, drafted.position) == ([], None)


async def test_a_draft_is_not_saved(chain: Chain) -> None:
    await chain.install()
    await draft(chain.doors)
    doors = chain.doors
    told = await storefront.config(doors.data, doors.live, doors.settings, ALBA, NOW)
    assert told.version == 0
    assert "--earshot-surface:#ffffff" in told.style


@pytest.mark.parametrize(
    ("timezone", "hours_later"), [("Asia/Tokyo", -9), ("America/New_York", 5), ("Atlantis/Hy", 0)]
)
async def test_the_shop_s_own_clock_says_when_it_is_quiet(
    chain: Chain, timezone: str, hours_later: int
) -> None:
    await chain.install()
    await chain.install(BOREALIS)
    facts = ShopFacts("Alba", "https://alba.example", "EUR", timezone, "fr", "Basic")
    async with chain.doors.data.tenant(ALBA) as connection:
        await shops.learn(connection, ALBA, facts, NOW)
    begins = MIDNIGHT + hours_later * 60
    assert (begins, begins + 360) in (await draft(chain.doors)).quiet
    assert (MIDNIGHT, MIDNIGHT + 360) in (await draft(chain.doors, BOREALIS)).quiet
