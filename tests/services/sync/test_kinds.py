"""Facts, addresses and access, against the stand-in."""

from dataclasses import replace
from datetime import timedelta

from app.data import credentials, shops
from app.domain import jobs, progress
from app.domain.progress import Access
from app.services.sync import healing
from sandbox.shopify.stand_in import StandIn
from tests.cast import ALBA
from tests.services.sync.conftest import Work


async def test_what_shopify_says_of_the_shop_is_known(work: Work, stand_in: StandIn) -> None:
    await work.only(jobs.SHOP)
    await work.off()
    async with work.doors.data.tenant(ALBA) as connection:
        facts = await shops.facts(connection, ALBA)
    shop = stand_in.world.shop(ALBA)
    assert facts is not None
    assert (facts.name, facts.currency) == (shop.name, shop.currency)
    assert (facts.timezone, facts.locale, facts.plan) == (shop.timezone, shop.locale, shop.plan)
    assert facts.url == stand_in.options.storefront_origin(ALBA)


async def test_a_zone_that_nobody_knows_is_no_zone(work: Work, stand_in: StandIn) -> None:
    stand_in.world.shop(ALBA).timezone = "Europe/Atlantis"
    await work.only(jobs.SHOP)
    await work.off()
    async with work.doors.data.tenant(ALBA) as connection:
        facts = await shops.facts(connection, ALBA)
    assert facts is not None
    assert facts.timezone == "UTC"


def _metafields(stand_in: StandIn) -> dict[str, str]:
    installation = stand_in.world.shop(ALBA).installation
    assert installation is not None
    return {f"{field.namespace}.{field.key}": field.value for field in installation.metafields}


async def test_the_theme_is_told_where_the_app_is(work: Work, stand_in: StandIn) -> None:
    await work.only(jobs.STOREFRONT)
    await work.off()
    assert _metafields(stand_in) == {
        "earshot.app_url": "https://earshot.example",
        "earshot.stream_url": "https://stream.earshot.example",
    }


async def test_addresses_that_changed_are_told_again(work: Work, stand_in: StandIn) -> None:
    await work.only(jobs.STOREFRONT)
    await work.off()
    settings = replace(work.doors.settings, app_base_url="https://moved.example")
    work.doors = replace(work.doors, settings=settings)
    await healing.heal(work.doors)
    await work.off()
    assert _metafields(stand_in)["earshot.app_url"] == "https://moved.example"


async def test_addresses_that_are_known_are_not_told_at_each_start(work: Work) -> None:
    await work.only(jobs.STOREFRONT)
    await work.off()
    before = (await work.state())[jobs.STOREFRONT].due_at
    await healing.heal(work.doors)
    assert (await work.state())[jobs.STOREFRONT].due_at == before


async def test_access_is_renewed_long_before_it_ends(work: Work) -> None:
    async with work.doors.data.tenant(ALBA) as connection:
        before = await credentials.find(connection, work.doors.vault, ALBA)
    await work.only(jobs.ACCESS)
    for _ in range(4):
        await work.off()
        work.later(days=20)
    async with work.doors.data.tenant(ALBA) as connection:
        after = await credentials.find(connection, work.doors.vault, ALBA)
    assert before is not None
    assert after is not None
    assert after.refresh_expires_at > before.refresh_expires_at + timedelta(days=50)


async def test_a_missing_scope_is_told(work: Work, stand_in: StandIn) -> None:
    installation = stand_in.world.shop(ALBA).installation
    assert installation is not None
    installation.scopes = ("read_products",)
    await work.only(jobs.ACCESS)
    await work.off()
    job = (await work.state())[jobs.ACCESS]
    assert progress.decode(job.progress, Access).missing == ("read_orders",)
    assert job.problem == "Earshot may not use read_orders yet."
    async with work.doors.data.tenant(ALBA) as connection:
        standing = await credentials.standing(connection, ALBA)
    assert standing is not None
    assert standing.scopes == ("read_products",)
    assert standing.is_outdated
