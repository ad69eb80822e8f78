"""Every version of a rule is kept, and one number says which were in force."""

import asyncio
from collections.abc import Iterable

import msgspec
import pytest

from app.data import rules
from app.domain.kinds import LOW_STOCK, REVIEW
from app.domain.rules import Rule, Wish, beginning, first_of
from app.doors import Doors
from tests.cast import ALBA, ANA, BOREALIS
from tests.services.chain import Chain


@pytest.fixture
async def shop(chain: Chain) -> Doors:
    await chain.install()
    return chain.doors


def of_kind(found: Iterable[Rule], kind: str) -> Rule:
    return next(rule for rule in found if rule.kind == kind)


def wishing(rule: Rule, minimum: int, on_top_of: int = 0) -> Rule:
    wish = Wish(minimum=minimum)
    return msgspec.structs.replace(rule, enabled=True, wish=wish, version=on_top_of)


async def save(doors: Doors, rule: Rule) -> int:
    """The number that says so."""
    async with doors.data.tenant(ALBA) as connection:
        await rules.save(connection, ALBA, rule, ANA, doors.clock())
    async with doors.data.tenant(ALBA) as connection:
        return (await rules.in_force(connection, ALBA))[1]


async def as_of(doors: Doors, number: int) -> list[Rule]:
    async with doors.data.tenant(ALBA) as connection:
        return await rules.as_of(connection, ALBA, number)


async def test_earlier_versions_are_found_again(shop: Doors) -> None:
    review = of_kind(beginning(ALBA), REVIEW)
    numbers = [
        await save(shop, wishing(review, stars, version)) for version, stars in enumerate((3, 4, 5))
    ]
    await save(shop, wishing(of_kind(beginning(ALBA), LOW_STOCK), 2))
    found = [of_kind(await as_of(shop, number), REVIEW) for number in numbers]
    assert [rule.wish.minimum for rule in found] == [3, 4, 5]
    assert of_kind(await as_of(shop, numbers[-1]), LOW_STOCK) == of_kind(beginning(ALBA), LOW_STOCK)


async def test_all_rules_of_a_number_are_those_that_were_in_force(shop: Doors) -> None:
    number = await save(shop, wishing(of_kind(beginning(ALBA), REVIEW), 4))
    async with shop.data.tenant(ALBA):
        now = await rules.all_of(ALBA)
    assert await as_of(shop, number) == now


async def test_a_shop_that_saved_none_has_those_that_it_began_with(shop: Doors) -> None:
    async with shop.data.tenant(BOREALIS) as connection:
        assert await rules.in_force(connection, BOREALIS) == (beginning(BOREALIS), 0)
        assert await rules.as_of(connection, BOREALIS, 0) == beginning(BOREALIS)


async def test_the_first_rule_has_a_version_and_is_added_once(shop: Doors) -> None:
    async with shop.data.tenant(ALBA) as connection:
        await rules.add(connection, ALBA, first_of(ALBA), shop.clock())
        kept = await connection.fetch("SELECT rule, version, enabled FROM rule_versions")
    assert [tuple(row) for row in kept] == [(first_of(ALBA).id, 1, True)]


async def test_of_those_who_save_at_once_one_is_right_and_the_others_change_nothing(
    shop: Doors,
) -> None:
    review = of_kind(beginning(ALBA), REVIEW)
    await asyncio.gather(*(save(shop, wishing(review, stars)) for stars in range(1, 6)))
    async with shop.data.tenant(ALBA) as connection:
        kept = await connection.fetch(
            "SELECT version FROM rule_versions WHERE rule = $1 ORDER BY number", review.id
        )
    assert [row["version"] for row in kept] == [1]


async def test_rules_that_are_saved_at_once_are_numbered_one_after_the_other(shop: Doors) -> None:
    several = beginning(ALBA)[1:6]
    numbers = await asyncio.gather(*(save(shop, wishing(rule, 4)) for rule in several))
    everything = await as_of(shop, max(numbers))
    assert all(of_kind(everything, rule.kind).wish.minimum == 4 for rule in several)
    async with shop.data.tenant(ALBA) as connection:
        count = await connection.fetchval("SELECT count(DISTINCT number) FROM rule_versions")
    assert count == 6  # with the first, which every shop has
