# ruff: noqa: RUF001 - titles in other alphabets are what this is about
"""Pages of notifications: found, turned both ways, and right while new ones come."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data.database import Connection
from app.data.notification_pages import Listing, Page
from app.domain import days, notification_filters
from app.domain.cursors import Cursor
from app.domain.notification_filters import Filter
from app.domain.rules import first_of
from app.doors import Doors
from tests.cast import ALBA, BOREALIS
from tests.data.tellings import NOW, a_notification, install, prove, tell


@asynccontextmanager
async def listing(
    doors: Doors, shop: str = ALBA, *, zone: str = "UTC", **wanted: Any
) -> AsyncIterator[Listing]:
    async with doors.data.tenant(shop) as connection:
        yield Listing(connection, shop, Filter(**wanted), days.zone(zone))


async def titles(doors: Doors, **wanted: Any) -> list[str]:
    async with listing(doors, **wanted) as found:
        return shown(await found.page(100))


def shown(page: Page) -> list[str]:
    return [each.facts.product.title for each in page.notifications if each.facts.product]


@pytest.fixture
async def alba(opened: Doors) -> Doors:
    await install(opened, ALBA, BOREALIS)
    return opened


async def test_pages_go_on_and_back_without_a_gap(alba: Doors) -> None:
    await tell(alba, *(a_notification(number) for number in range(1, 8)))
    async with listing(alba) as found:
        first = await found.page(3)
        second = await found.page(3, after=first.older)
        third = await found.page(3, after=second.older)
        assert [*shown(first), *shown(second), *shown(third)] == [
            f"Product {number}" for number in range(7, 0, -1)
        ]
        assert first.newer is None
        assert third.older is None
        assert await found.page(3, before=third.newer) == second
        back = await found.page(3, before=second.newer)
        assert (back.notifications, back.older) == (first.notifications, first.older)
        assert back.newer is None


async def test_notifications_of_one_moment_are_each_on_one_page(alba: Doors) -> None:
    await tell(alba, *(a_notification(number, occurred_at=NOW) for number in range(1, 6)))
    async with listing(alba) as found:
        first = await found.page(2)
        second = await found.page(2, after=first.older)
        third = await found.page(2, after=second.older)
    assert sorted([*shown(first), *shown(second), *shown(third)]) == [
        f"Product {number}" for number in range(1, 6)
    ]


async def test_what_comes_and_goes_meanwhile_moves_no_other_row(alba: Doors) -> None:
    """Whatever happens between two pages, what was there all the time is seen exactly once."""
    random = Random(11)
    stay = [a_notification(number) for number in range(10, 50, 2)]
    await tell(alba, *stay)
    seen: list[str] = []
    place: Cursor | None = None
    for number in range(100):
        async with listing(alba, state="published") as found:
            page = await found.page(3, after=place)
        seen += shown(page)
        place = page.older
        if place is None:
            break
        await tell(alba, a_notification(random.choice(range(11, 51, 2)), title="Late"))
        await tell(alba, a_notification(60 + number, title="New"))
    assert [title for title in seen if title != "Late"] == [
        f"Product {number}" for number in range(48, 8, -2)
    ]


async def test_a_place_need_not_be_there_any_more(alba: Doors) -> None:
    await tell(alba, a_notification(1), a_notification(3))
    between = Cursor(a_notification(2).occurred_at, a_notification(2).id)
    async with listing(alba) as found:
        assert shown(await found.page(5, after=between)) == ["Product 1"]
        assert shown(await found.page(5, before=between)) == ["Product 3"]


async def test_beyond_the_end_there_is_only_the_way_back(alba: Doors) -> None:
    await tell(alba, a_notification(5))
    oldest = Cursor(a_notification(1).occurred_at, a_notification(1).id)
    async with listing(alba) as found:
        page = await found.page(5, after=oldest)
        assert page == Page([], oldest, None)
        assert page.newer
        assert shown(await found.page(5, before=page.newer)) == ["Product 5"]


async def test_an_empty_list_leads_nowhere(alba: Doors) -> None:
    async with listing(alba) as found:
        assert await found.page(5) == Page([], None, None)
        assert await found.count(5) == 0


async def test_counting_stops_where_it_is_enough(alba: Doors) -> None:
    await tell(alba, *(a_notification(number) for number in range(1, 8)))
    async with listing(alba) as found:
        first = await found.page(3)
        assert first.older
        assert await found.count(100) == 7
        assert await found.count(5) == 5
        assert await found.count(100, newer_than=first.older) == 2


async def test_another_shops_notifications_are_none(alba: Doors) -> None:
    await tell(alba, a_notification(1))
    async with alba.data.tenant(BOREALIS) as connection:
        for shop in (BOREALIS, ALBA):
            found = Listing(connection, shop, Filter(), UTC)
            assert await found.page(5) == Page([], None, None)
            assert await found.count(5) == 0


async def test_a_filter_lets_through_what_all_of_it_agrees_with(alba: Doors) -> None:
    await tell(
        alba,
        a_notification(1, title="Alba mug"),
        a_notification(2, title="Alba bowl", state="retracted", reason="by-hand"),
        a_notification(3, title="Olive jug"),
    )
    assert await titles(alba, state="retracted") == ["Alba bowl"]
    assert await titles(alba, kind="recent-order", state="published") == ["Olive jug", "Alba mug"]
    assert await titles(alba, kind="review") == []
    assert await titles(alba, product=8001) == ["Alba mug"]
    assert await titles(alba, text="alba", state="published") == ["Alba mug"]
    assert await titles(alba, text="alba", product=8003) == []


async def test_days_are_the_shops_own(alba: Doors) -> None:
    just_before, at_midnight = (
        datetime(2026, 11, 20, 14, 59, 59, tzinfo=UTC),
        datetime(2026, 11, 20, 15, 0, tzinfo=UTC),
    )
    await tell(
        alba,
        a_notification(1, title="Friday", occurred_at=just_before),
        a_notification(2, title="Saturday", occurred_at=at_midnight),
    )
    saturday = date(2026, 11, 21)
    tokyo = {"zone": "Asia/Tokyo"}
    assert await titles(alba, since=saturday, **tokyo) == ["Saturday"]
    assert await titles(alba, until=date(2026, 11, 20), **tokyo) == ["Friday"]
    assert await titles(alba, since=saturday, until=saturday, **tokyo) == ["Saturday"]
    assert await titles(alba, since=saturday) == []
    assert await titles(alba, since=date.min, until=date.max) == ["Saturday", "Friday"]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Alba mug", "MUG"),
        ("Alba mug", "mug alba"),
        ("Crème brûlée dish", "creme BRULEE"),
        ("Creme brulee dish", "crème brûlée"),
        ("Čaj šálek", "caj salek"),
        ("Ｆｕｌｌ width", "full"),
        ("ΚΕΡΑΜΙΚΟ φλιτζάνι", "κεραμικο φλιτζανι"),
        ("Чашка «Ёлка»", "чашка елка"),
        ("כוס קרמיקה", "קרמיקה"),
        ("マグカップ", "カップ"),
        ("Mug 🏺", "🏺"),
        ("100% wool", "100%"),
        ("under_score", "r_s"),
        ("back\\slash", "k\\s"),
        ("x" * 500, "x" * 200),
    ],
)
async def test_a_title_is_found_whatever_its_accents_and_case(
    alba: Doors, title: str, text: str
) -> None:
    await tell(alba, a_notification(1, title=title), a_notification(2, title="Other"))
    assert await titles(alba, text=text) == [title]


@pytest.mark.parametrize("text", ["%", "_", "\\", "a%b", "' OR 1=1 --", "\0", "\ud800", "{}", "😀"])
async def test_what_is_searched_means_itself(alba: Doors, text: str) -> None:
    await tell(alba, a_notification(1, title="Alba mug"))
    assert await titles(alba, text=text) == ([] if Filter(text=text).words else ["Alba mug"])


async def test_any_text_can_be_searched(alba: Doors) -> None:
    """Each text is found in a title that it is, and no text breaks the query."""
    texts: list[str] = []

    @given(st.text(max_size=notification_filters.LONGEST_TEXT))
    def collect(text: str) -> None:
        texts.append(text)

    collect()
    async with alba.data.tenant(ALBA) as connection:
        for text in texts:
            wanted = Filter(text=text)
            title = " ".join(wanted.words)
            found = await connection.fetchval(
                "SELECT searchable($1) LIKE ALL (ARRAY(SELECT '%' || searchable(word) || '%'"
                " FROM unnest($2::text[]) AS word))",
                title,
                [word for word in wanted.words if not set(word) & set("\\%_")],
            )
            assert found, text
            await Listing(connection, ALBA, wanted, UTC).count(1)


async def test_what_has_arrived_is_counted_wherever_it_belongs(alba: Doors) -> None:
    await tell(alba, *(a_notification(number) for number in range(5, 8)))
    read_at = alba.clock()
    async with listing(alba) as found:
        assert await found.arrived(read_at, [], 100) == 0
    late, newest = a_notification(1, title="Late jug"), a_notification(9)
    await tell(alba, late, newest, a_notification(6, revision=2, title="Other name"))
    async with listing(alba) as found:
        assert await found.arrived(read_at, [], 100) == 2
        assert await found.arrived(read_at, [newest.id], 100) == 1
        assert await found.arrived(read_at, [], 1) == 1
    async with listing(alba, text="jug") as found:
        assert await found.arrived(read_at, [], 100) == 1
    async with alba.data.tenant(BOREALIS) as connection:
        for shop in (ALBA, BOREALIS):
            others = Listing(connection, shop, Filter(), UTC)
            assert await others.arrived(read_at, [], 100) == 0


async def test_what_is_taken_back_arrives_among_what_was_taken_back(alba: Doors) -> None:
    await tell(alba, a_notification(1), a_notification(2))
    read_at = alba.clock()
    await tell(alba, a_notification(1, revision=2, state="retracted", reason="by-hand"))
    async with listing(alba, state="retracted") as found:
        assert await found.arrived(read_at, [], 100) == 1
    async with listing(alba, state="published") as found:
        assert await found.arrived(read_at, [], 100) == 0


_MANY = """
INSERT INTO notifications (shop, id, rule, kind, subject, source, product, revision, state, reason,
                           facts, proof, occurred_at, created_at, updated_at)
SELECT $1, gen_random_uuid(), $2, 'recent-order', 'many:' || n, 'order:' || n, n % 200, 1,
    CASE n % 20 WHEN 0 THEN 'retracted' ELSE 'published' END, CASE n % 20 WHEN 0 THEN 'by-hand' END,
    jsonb_build_object('product', jsonb_build_object('id', n, 'title', 'Mug ' || n % 200),
                       'quantity', 1),
    ARRAY[$4::uuid], moment, moment, moment
FROM (
    SELECT n, $3::timestamptz - n * interval '1 minute' AS moment
    FROM generate_series(1, 20000) AS n
) AS rows
"""
_READ = """
SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'notifications'
"""


@pytest.mark.parametrize(
    "wanted", [{}, {"state": "retracted"}, {"product": 7}], ids=["all", "retracted", "product"]
)
async def test_little_of_a_long_history_is_read_for_a_page(
    alba: Doors, wanted: dict[str, Any]
) -> None:
    """However often it was asked for before, and however far back it is."""
    async with alba.data.tenant(ALBA) as connection:
        await prove(connection, ALBA, [UUID(int=1)])
        await connection.execute(_MANY, ALBA, first_of(ALBA).id, NOW, UUID(int=1))
    owner = await asyncpg.connect(alba.settings.database_url)
    await owner.execute("ANALYZE notifications")
    await owner.close()
    async with alba.data.tenant(ALBA) as connection:
        for _ in range(2):
            await _page_in_the_middle(connection, wanted)
        before = await connection.fetchval(_READ)
        for _ in range(6):
            await _page_in_the_middle(connection, wanted)
        assert await connection.fetchval(_READ) - before < 6 * 3_000


async def _page_in_the_middle(connection: Connection, wanted: dict[str, Any]) -> None:
    place = Cursor(NOW - timedelta(days=7), UUID(int=0))
    page = await Listing(connection, ALBA, Filter(**wanted), UTC).page(10, after=place)
    assert len(page.notifications) == 10
    assert page.newer
