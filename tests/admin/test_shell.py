"""Getting about inside the app, and what becomes of a form that cannot be saved."""

import pytest
from playwright.async_api import Route, expect

from app.views import navigation
from tests.admin import patterns
from tests.admin.framed import Admin, Window


@pytest.fixture
async def asked(admin: Admin, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(navigation, "ENTRIES", patterns.ENTRIES)
    return patterns.put_into(admin)


@pytest.fixture
async def ana(admin: Admin, asked: list[str]) -> Window:
    ana = await admin.window()
    await ana.opens("/", "Earshot")
    asked.clear()
    return ana


async def test_menu_puts_a_page_into_the_open_one(ana: Window, asked: list[str]) -> None:
    await ana.frame.evaluate("window.isTheSame = true")
    await ana.goes_to("Forms")
    assert await ana.frame.evaluate("window.isTheSame")
    assert asked == ["partial /patterns/form"]
    await expect(ana.heading).to_be_focused()
    assert await ana.frame.title() == "Forms · Earshot"
    await expect(ana.page).to_have_url(ana.options.app_page(ana.shop, "/patterns/form"))


async def test_the_first_page_of_all_may_be_any(admin: Admin, asked: list[str]) -> None:
    ana = await admin.window()
    await ana.opens("/patterns/form", "Forms")
    await ana.goes_to("Lists")
    await ana.opens("/settings", "Settings")


async def test_address_bar_of_the_frame_keeps_whose_admin_it_is(ana: Window) -> None:
    ana.complaints.expect_cut_connection()  # a reload cuts off what home may still be asking
    await ana.goes_to("Forms")
    query = await ana.frame.evaluate("Object.fromEntries(new URLSearchParams(location.search))")
    assert query.keys() == {"shop", "host", "embedded"}
    await ana.frame.evaluate("location.reload()")
    await expect(ana.heading).to_have_text("Forms")


async def test_scripts_run_once_however_far_she_goes(ana: Window) -> None:
    requests: list[str] = []
    ana.page.on("request", lambda request: requests.append(request.url))
    for entry in ("Forms", "Lists", "Forms"):
        await ana.goes_to(entry)
    assert [url for url in requests if "/static/" in url or "app-bridge" in url] == []


async def test_link_in_a_page_goes_the_same_way_and_begins_at_the_top(
    ana: Window, asked: list[str]
) -> None:
    await ana.goes_to("Lists")
    link = ana.app.get_by_role("link", name="Someone bought 39")
    await link.click()
    await expect(ana.heading).to_have_text("Forms")
    assert asked[-1] == "partial /patterns/form"
    assert await ana.frame.evaluate("scrollY") == 0


async def test_back_and_forward_show_what_was_there(ana: Window, asked: list[str]) -> None:
    await ana.goes_to("Lists")
    await ana.goes_to("Forms")
    asked.clear()
    await ana.page.go_back()
    await expect(ana.heading).to_have_text("Lists")
    assert await ana.frame.title() == "Lists · Earshot"
    await ana.page.go_back()
    await expect(ana.heading).to_have_text("Earshot")
    await ana.page.go_forward()
    await expect(ana.heading).to_have_text("Lists")
    assert asked == ["full /patterns/list", "full /patterns/list"]
    await expect(ana.app.locator("main")).to_have_count(1)


async def test_the_later_of_two_clicks_wins(ana: Window) -> None:
    async def hold(route: Route) -> None:
        await ana.page.wait_for_timeout(400)
        await route.continue_()

    await ana.page.route("**/patterns/list?*", hold)
    menu = ana.page.locator("#menu")
    await menu.get_by_text("Lists").click()
    await menu.get_by_text("Forms").click()
    await expect(ana.heading).to_have_text("Forms")
    await ana.page.wait_for_timeout(600)
    await expect(ana.heading).to_have_text("Forms")


async def test_page_that_cannot_be_had_leaves_the_open_one_and_can_be_tried_again(
    ana: Window,
) -> None:
    ana.complaints.expect("503")
    await ana.goes_to("Forms")
    answers = [503]

    async def refuse(route: Route) -> None:
        if answers:
            body = '{"detail": "Earshot cannot reach one of its services just now."}'
            await route.fulfill(status=answers.pop(), body=body, content_type="application/json")
        else:
            await route.continue_()

    await ana.page.route("**/patterns/list?*", refuse)
    await ana.page.locator("#menu").get_by_text("Lists").click()
    alert = ana.app.get_by_role("alert")
    await expect(alert).to_contain_text("Earshot cannot reach one of its services just now.")
    await expect(ana.heading).to_have_text("Forms")
    await alert.get_by_role("button", name="Try again").click()
    await expect(ana.heading).to_have_text("Lists")
    await expect(alert).to_be_empty()


async def test_unsaved_changes_hold_her_back(ana: Window) -> None:
    await ana.goes_to("Forms")
    await ana.app.get_by_label("Name").fill("Borealis")
    await expect(ana.save_bar).to_be_visible()
    await ana.app.get_by_role("link", name="Back to Lists").click()
    await ana.page.get_by_role("button", name="Stay").click()
    await expect(ana.heading).to_have_text("Forms")
    await expect(ana.app.get_by_label("Name")).to_have_value("Borealis")
    await ana.save_bar.get_by_role("button", name="Discard").click()
    await expect(ana.app.get_by_label("Name")).to_have_value("Alba")
    await ana.app.get_by_role("link", name="Back to Lists").click()
    await expect(ana.heading).to_have_text("Lists")


async def test_way_back_is_held_too_until_she_means_it(ana: Window) -> None:
    await ana.goes_to("Lists")
    await ana.goes_to("Forms")
    name = ana.app.get_by_label("Name")
    await name.fill("Borealis")
    await ana.page.go_back()
    await ana.page.get_by_role("button", name="Stay").click()
    await expect(ana.page).to_have_url(ana.options.app_page(ana.shop, "/patterns/form"))
    await expect(name).to_have_value("Borealis")
    await ana.page.go_back()
    await ana.page.get_by_role("button", name="Leave page").click()
    await expect(ana.heading).to_have_text("Lists")
    await ana.page.go_forward()
    await expect(name).to_have_value("Alba")


async def test_saved_form_loses_its_save_bar_and_the_admin_says_so(ana: Window) -> None:
    await ana.goes_to("Forms")
    await ana.app.get_by_label("Name").fill("Borealis")
    await ana.save_bar.get_by_role("button", name="Save").click()
    await expect(ana.toasts).to_contain_text("Form saved")
    await expect(ana.save_bar).to_be_hidden()
    await expect(ana.app.get_by_label("Name")).to_have_value("Borealis")


async def test_form_with_problems_comes_back_with_all_that_was_typed(ana: Window) -> None:
    ana.complaints.expect("422")
    await ana.goes_to("Forms")
    await ana.app.get_by_label("Gap").fill("12 or so")
    await ana.app.get_by_label("Name").fill("")
    await ana.app.get_by_role("checkbox", name="Products").check()
    await ana.save_bar.get_by_role("button", name="Save").click()
    name = ana.app.get_by_label("Name")
    await expect(name).to_be_focused()
    await expect(name).to_have_accessible_description("As shoppers read it. Enter a name.")
    await expect(name).to_have_attribute("aria-invalid", "true")
    await expect(ana.app.get_by_label("Gap")).to_have_value("12 or so")
    await expect(ana.app.get_by_role("checkbox", name="Products")).to_be_checked()
    await expect(ana.save_bar).to_be_visible()
    await ana.save_bar.get_by_role("button", name="Discard").click()
    await expect(ana.app.get_by_label("Gap")).to_have_value("20")
    await expect(ana.save_bar).to_be_hidden()


@pytest.mark.parametrize("trouble", [500, 503, 404, 413, "away"])
async def test_failed_save_leaves_all_that_was_typed_and_can_be_tried_again(
    ana: Window, trouble: int | str
) -> None:
    ana.complaints.expect(str(trouble))
    ana.complaints.expect_cut_connection()
    await ana.goes_to("Forms")
    troubles = [trouble]

    async def fail(route: Route) -> None:
        if route.request.method != "PUT" or not troubles:
            await route.continue_()
        elif isinstance(found := troubles.pop(), int):
            await route.fulfill(status=found, body="<h1>Bad gateway</h1>")
        else:
            await route.abort()

    await ana.page.route("**/patterns/form", fail)
    name = ana.app.get_by_label("Name")
    await name.fill("Borealis")
    await ana.save_bar.get_by_role("button", name="Save").click()
    alert = ana.app.get_by_role("alert")
    await expect(alert).to_contain_text("Nothing you typed is lost.")
    await expect(name).to_have_value("Borealis")
    assert await name.evaluate("field => document.activeElement === field")
    await expect(ana.save_bar).to_be_visible()
    await alert.get_by_role("button", name="Try again").click()
    await expect(ana.toasts).to_contain_text("Form saved")
    await expect(ana.save_bar).to_be_hidden()
    await expect(alert).to_be_empty()


async def test_token_that_expires_while_she_types_costs_her_nothing(ana: Window) -> None:
    ana.complaints.expect("401")
    await ana.goes_to("Forms")
    refused: list[str] = []

    async def spoil(route: Route) -> None:
        headers = route.request.headers
        if route.request.method == "PUT" and not refused:
            refused.append(headers["authorization"])
            headers = {**headers, "authorization": "Bearer expired"}
        await route.continue_(headers=headers)

    await ana.page.route("**/patterns/form", spoil)
    await ana.app.get_by_label("Name").fill("Borealis")
    await ana.save_bar.get_by_role("button", name="Save").click()
    await expect(ana.toasts).to_contain_text("Form saved")
    assert refused
    await expect(ana.app.get_by_label("Name")).to_have_value("Borealis")


async def test_offline_is_said_and_taken_back(ana: Window) -> None:
    banner = ana.app.get_by_text("You are offline")
    await expect(banner).to_be_hidden()
    await ana.page.context.set_offline(True)
    await expect(banner).to_be_visible()
    await ana.page.context.set_offline(False)
    await expect(banner).to_be_hidden()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
async def test_components_are_accessible(
    admin: Admin, asked: list[str], width: int, dark: bool
) -> None:
    ana = await admin.window(width=width, dark=dark)
    ana.complaints.expect("422")
    await ana.opens("/", "Earshot")
    for path, heading in (("/patterns/form", "Forms"), ("/patterns/list", "Lists")):
        await ana.opens(path, heading)
        assert await ana.violations() == []
        assert await ana.frame.evaluate("document.documentElement.scrollWidth") <= width
    await ana.opens("/patterns/form", "Forms")
    await ana.app.get_by_label("Name").fill("")
    await ana.save_bar.get_by_role("button", name="Save").click()
    await expect(ana.app.get_by_text("Enter a name.")).to_be_visible()
    assert await ana.violations() == []
