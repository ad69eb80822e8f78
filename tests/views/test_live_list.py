"""What app/views/live_messages.py composes, htmx has to carry out."""

from playwright.async_api import Browser, expect

from tests.views.browsers import Admin, opened
from tests.views.pictures import Figures, told


async def test_new_notification_comes_on_top_with_the_figures(chromium: Browser) -> None:
    admin = Admin(rows=[told("Alba mug", number=1)], figures=Figures(2, 1204, 0))
    async with opened(admin, chromium) as page:
        await expect(page.locator("#live-state [role=status]")).to_contain_text("Live")
        admin.tell(told("Tall vase", number=2))
        await expect(page.locator("#notifications li")).to_contain_text(["Tall vase", "Alba mug"])
        await expect(page.locator("#figures")).to_contain_text("1,204")


async def test_first_notification_takes_the_empty_state_away(chromium: Browser) -> None:
    admin = Admin()
    async with opened(admin, chromium) as page:
        await expect(page.get_by_text("No notifications yet")).to_be_visible()
        admin.tell(told())
        await expect(page.locator("#notifications li")).to_have_count(1)
        await expect(page.get_by_text("No notifications yet")).to_be_hidden()


async def test_message_that_arrives_twice_leaves_one_row(chromium: Browser) -> None:
    admin = Admin(rows=[told("Alba mug", number=1)])
    async with opened(admin, chromium) as page:
        admin.tell(told("Alba mug", number=1))
        admin.tell(told("Tall vase", number=2))
        admin.tell(told("Tall vase", number=2))
        await expect(page.locator("#notifications li")).to_contain_text(["Tall vase", "Alba mug"])
        await expect(page.locator("#notifications li")).to_have_count(2)


async def test_retracted_row_keeps_its_place_and_focus(
    chromium: Browser,
) -> None:
    rows = [told("Tall vase", number=2), told("Alba mug", number=1)]
    admin = Admin(rows=rows)
    async with opened(admin, chromium) as page:
        await page.get_by_role("link", name="Someone bought Alba mug").focus()
        admin.tell(told("Alba mug", number=1, revision=2, state="retracted"))
        last = page.locator("#notifications li").nth(1)
        await expect(last).to_contain_text("Retracted")
        await expect(last.get_by_role("link")).to_be_focused()
        await expect(page.locator("#notifications li")).to_have_count(2)


async def test_late_notification_takes_its_place_by_time(chromium: Browser) -> None:
    rows = [told("Tall vase", number=2, minutes=5), told("Alba mug", number=1, minutes=60)]
    admin = Admin(rows=rows)
    async with opened(admin, chromium) as page:
        admin.tell(told("Salad bowl", number=3, minutes=30, revision=2, state="retracted"))
        admin.tell(told("Old jar", number=4, minutes=90))
        await expect(page.locator("#notifications li")).to_contain_text(
            ["Tall vase", "Salad bowl", "Alba mug", "Old jar"]
        )
        await expect(page.locator("#notifications li")).to_have_count(4)


async def test_list_keeps_its_newest_ten_rows(chromium: Browser) -> None:
    admin = Admin(rows=[told(number=number, minutes=90 - number) for number in range(10, 0, -1)])
    async with opened(admin, chromium) as page:
        admin.tell(told("Old jar", number=52, minutes=99))
        admin.tell(told("Tall vase", number=51, minutes=1))
        await expect(page.locator("#notifications li").first).to_contain_text("Tall vase")
        await expect(page.locator("#notifications li")).to_have_count(10)
        await expect(page.get_by_text("Old jar")).to_have_count(0)


async def test_cut_stream_resumes_where_it_broke_off(chromium: Browser) -> None:
    admin = Admin()
    async with opened(admin, chromium) as page:
        admin.tell(told("Alba mug", number=1), position="1a2b-8")
        await expect(page.locator("#notifications li")).to_have_count(1)
        admin.cut()
        admin.tell(told("Tall vase", number=2), position="1a2b-9")
        await expect(page.locator("#notifications li")).to_have_count(2)
    assert admin.resumed == [None, "1a2b-8"]


async def test_refused_stream_is_tried_again_and_the_page_says_so(chromium: Browser) -> None:
    admin = Admin(refusals=2)
    async with opened(admin, chromium) as page:
        status = page.locator("#live-state [role=status]")
        await expect(status.get_by_text("Reconnecting")).to_be_visible()
        await expect(status.get_by_text("Live")).to_be_visible(timeout=10_000)
        assert await page.locator("#notifications").inner_text() == ""


async def test_reset_fetches_the_list_anew(chromium: Browser) -> None:
    admin = Admin(rows=[told("Alba mug", number=1)])
    async with opened(admin, chromium) as page:
        await expect(page.locator("#notifications li")).to_contain_text(["Alba mug"])
        admin.rows = [told("Tall vase", number=2)]
        admin.reset()
        await expect(page.locator("#notifications li")).to_contain_text(["Tall vase"])
        await expect(page.locator("#notifications li")).to_have_count(1)
        admin.cut()  # what still waits on the server for the list that is gone
        admin.tell(told("Salad bowl", number=3))
        await expect(page.locator("#notifications li")).to_contain_text(["Salad bowl", "Tall vase"])


async def test_picture_that_cannot_be_had_leaves_the_placeholder(chromium: Browser) -> None:
    admin = Admin(rows=[told(image="http://127.0.0.1:9/mug.png")])
    async with opened(admin, chromium) as page:
        await expect(page.locator("#notifications .thumbnail svg")).to_be_visible()
        await expect(page.locator("#notifications img")).to_have_count(0)


async def test_focused_link_puts_a_ring_around_its_row(chromium: Browser) -> None:
    async with opened(Admin(rows=[told()]), chromium) as page:
        for _ in ("View your store", "the row"):
            await page.keyboard.press("Tab")
        await expect(page.get_by_role("link", name="Someone bought Alba mug")).to_be_focused()
        outline = "row => [getComputedStyle(row).outlineStyle, getComputedStyle(row).outlineOffset]"
        assert await page.locator("#notifications li").evaluate(outline) == ["solid", "-2px"]


async def test_phone_badges_only_what_is_not_published(chromium: Browser) -> None:
    rows = [told("Tall vase", number=2), told("Alba mug", number=1, state="retracted")]
    async with opened(Admin(rows=rows), chromium) as page:
        await page.set_viewport_size({"width": 360, "height": 740})
        published, retracted = await page.locator("#notifications .badge").all()
        size = "badge => badge.offsetWidth"
        assert await published.evaluate(size) == 1
        assert await retracted.evaluate(size) > 40
        assert await page.evaluate("document.documentElement.scrollWidth") == 360
