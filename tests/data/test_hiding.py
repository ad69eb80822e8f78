"""What tells of buyers is found without reading all that a shop ever told."""

import pytest

from app.data import notifications
from app.domain.notifications import Facts, ProductFacts
from app.doors import Doors
from tests.cast import ALBA
from tests.data.databases import connected
from tests.data.tellings import NOW, a_notification, install, tell

_MANY = """
INSERT INTO notifications (shop, id, rule, kind, subject, source, product, revision, state, facts,
                           proof, occurred_at, created_at, updated_at)
SELECT shop, gen_random_uuid(), rule, kind, subject || '-' || number, source, product, revision,
    state, facts - '{name}'::text[], proof, occurred_at, created_at, updated_at
FROM notifications, generate_series(1, 5000) AS number
"""


@pytest.fixture
async def large_shop(opened: Doors, migrated: str) -> Doors:
    """Alba has told much, and of a buyer once."""
    await install(opened, ALBA)
    await tell(opened, a_notification(facts=Facts(ProductFacts(8001, "Mug"), 1, name="Ana")))
    async with opened.data.system() as connection:
        await connection.execute(_MANY)
    async with connected(migrated) as owner:
        await owner.execute("ANALYZE notifications")
    return opened


async def test_names_are_found_by_their_own_index(large_shop: Doors) -> None:
    plans = []
    async with large_shop.data.tenant(ALBA) as connection:
        for query, arguments in (
            (notifications._HIDE, (ALBA, ["name"], NOW, 200)),
            (notifications._TELL_ANY, (ALBA, ["name"])),
        ):
            rows = await connection.fetch(f"EXPLAIN {query}", *arguments)
            plans.append("\n".join(row[0] for row in rows))
    for plan in plans:
        assert "notifications_about_buyers" in plan
        assert "Seq Scan" not in plan


async def test_all_that_tell_of_somebody_are_found(large_shop: Doors) -> None:
    async with large_shop.data.tenant(ALBA) as connection:
        assert await notifications.tell_any_of(connection, ALBA, ["name"])
        assert not await notifications.tell_any_of(connection, ALBA, ["place"])
        [hidden] = await notifications.hide(connection, ALBA, ["name", "place"], NOW, 200)
        assert hidden.facts.name is None
        assert not await notifications.tell_any_of(connection, ALBA, ["name", "place"])
