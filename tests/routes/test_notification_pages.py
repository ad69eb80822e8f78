"""The history of notifications: found, filtered, turned page by page, and nobody else's."""

import re
from html import unescape

import httpx
import pytest

from app.domain.cursors import Cursor
from app.routes import notification_history
from tests.cast import ALBA, BOREALIS, CLOSED_CAFE, bearer, id_token
from tests.data.tellings import NOW, a_notification, tell
from tests.services.chain import Chain

PATH = "/notifications"
MAIN = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "main#main"}
PART = MAIN | {"HX-Target": "div#notification-list"}
ROW = MAIN | {"HX-Target": "tr#notification-1"}
CURSOR = str(Cursor(NOW, a_notification(1).id))


@pytest.fixture
async def alba(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> Chain:
    """Five notifications, of which the second is taken back, on pages of two."""
    monkeypatch.setattr(notification_history, "PAGE", 2)
    await chain.install()
    await chain.install(BOREALIS)
    await tell(chain.doors, *(a_notification(number) for number in (1, 3, 4, 5)))
    await tell(chain.doors, a_notification(2, state="retracted", reason="order-cancelled"))
    return chain


async def get(
    web: httpx.AsyncClient, path: str = PATH, shop: str = ALBA, **query: str
) -> httpx.Response:
    address = httpx.URL(path).copy_merge_params(query)
    answer = await web.get(address, headers=bearer(shop) | MAIN)
    assert answer.status_code == 200
    return answer


def titles(answer: httpx.Response) -> list[str]:
    return re.findall(r"Someone bought <bdi>(.*?)</bdi>", answer.text)


def words(answer: httpx.Response) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.text).split()))


def way(answer: httpx.Response, label: str) -> str | None:
    found = re.search(rf'href="([^"]*)" aria-label="{label}"', answer.text)
    return unescape(found[1]) if found else None


async def test_address_that_is_typed_in_gives_the_page(web: httpx.AsyncClient, alba: Chain) -> None:
    query = {"shop": ALBA, "embedded": "1", "id_token": id_token(), "state": "retracted"}
    answer = await web.get(PATH, params=query)
    assert answer.text.startswith("<!doctype html>")
    assert titles(answer) == ["Product 2"]
    assert f"frame-ancestors https://{ALBA}" in answer.headers["Content-Security-Policy"]


async def test_link_inside_the_app_gives_the_main_part_and_a_filter_the_list(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    assert (await get(web)).text.lstrip().startswith("<title>Notifications")
    answer = await web.get(PATH, params={"q": "uct 3"}, headers=bearer() | PART)
    assert answer.text.lstrip().startswith('<div id="notification-list"')
    assert titles(answer) == ["Product 3"]
    assert 'href="/notifications?q=uct+3&amp;state=retracted"' in answer.text


async def test_pages_are_turned_both_ways_while_new_ones_come(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    first = await get(web)
    assert titles(first) == ["Product 5", "Product 4"]
    assert way(first, "Previous") is None
    second = await get(web, way(first, "Next") or "")
    assert titles(second) == ["Product 3", "Product 2"]
    await tell(alba.doors, a_notification(6), a_notification(7))
    third = await get(web, way(second, "Next") or "")
    assert titles(third) == ["Product 1"]
    assert way(third, "Next") is None
    assert "7 notifications" in words(third)
    assert titles(await get(web, way(third, "Previous") or "")) == ["Product 3", "Product 2"]


async def test_way_back_to_the_beginning_shows_it_whole(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    second = await get(web, way(await get(web), "Next") or "")
    await tell(alba.doors, a_notification(6))
    before = await get(web, way(second, "Previous") or "")
    assert titles(before) == ["Product 5", "Product 4"]
    beginning = await get(web, way(before, "Previous") or "")
    assert titles(beginning) == ["Product 6", "Product 5"]
    assert way(beginning, "Previous") is None


async def test_all_wishes_stay_in_the_ways_about(web: httpx.AsyncClient, alba: Chain) -> None:
    answer = await get(web, q="product", state="published", until="2026-11-21")
    assert titles(answer) == ["Product 5", "Product 4"]
    query = httpx.URL(way(answer, "Next") or "").params
    assert dict(query).keys() == {"q", "state", "until", "after"}
    assert "Date: until 21 Nov 2026" in words(answer)
    assert 'href="/notifications?q=product&amp;state=published"' in answer.text  # without the date


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"state": "gone"}, "Choose published or retracted."),
        (
            {"kind": "\0"},
            "Choose recent-order, order-count, sign-up, review, low-stock, back-in-stock, "
            "just-launched, cart-activity, reported or announcement.",
        ),
        ({"product": "-1"}, "A product is named by its number."),
        ({"product": "9" * 4_000}, "A product is named by its number."),
        ({"since": "yesterday"}, "Enter a date like 2026-11-21."),
        ({"since": "2026-11-21", "until": "2026-11-20"}, "The last day comes before the first."),
        ({"q": "x" * 201}, "Search for at most 200 characters."),
        ({"after": "nonsense"}, "The address names no page of this list"),
        ({"before": "🏺"}, "The address names no page of this list"),
        ({"after": CURSOR, "before": CURSOR}, "The address names no page of this list"),
        ({"colour": "red"}, None),
        ({"q": "\0%_\\'\"<b>"}, None),
        ({"after": ""}, None),
    ],
)
async def test_what_makes_no_sense_is_told_and_left_out(
    web: httpx.AsyncClient, alba: Chain, query: dict[str, str], sentence: str | None
) -> None:
    answer = await get(web, **query)
    said = words(answer)
    if sentence:
        assert titles(answer) == ["Product 5", "Product 4"]
        assert f"Part of this filter was ignored {sentence}" in said
    else:
        assert "Part of this filter" not in said
    assert "<b>" not in answer.text


@pytest.mark.parametrize("raw", ["q=%ff%fe", "q=%ed%a0%80", "q=%00", "q=a&q=b", "%ff=1", "&&=&"])
async def test_bytes_that_are_no_text_are_searched_as_well_as_can_be(
    web: httpx.AsyncClient, alba: Chain, raw: str
) -> None:
    assert (await web.get(f"{PATH}?{raw}", headers=bearer() | MAIN)).status_code == 200


async def test_every_emptiness_says_why_and_leads_on(web: httpx.AsyncClient, alba: Chain) -> None:
    assert "No notifications found" in words(await get(web, q="nothing like it"))
    assert "No notifications yet" in words(await get(web, shop=BOREALIS))
    for state in ("published", "retracted"):
        said = words(await get(web, shop=BOREALIS, state=state))
        assert f"No {state} notifications" in said
        assert "Show all" in said
    oldest = str(Cursor(NOW.replace(year=2001), a_notification(1).id))
    beyond = await get(web, after=oldest)
    assert "Nothing more" in words(beyond)
    assert titles(await get(web, way(beyond, "Previous") or "")) == ["Product 2", "Product 1"]


async def test_products_to_choose_from_are_those_there_are(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    answer = await get(web, product="8003")
    assert titles(answer) == ["Product 3"]
    assert "Product: Product 3" in words(answer)
    assert '<option value="8005">Product 5</option>' in answer.text
    unknown = await get(web, product="77")
    assert "Product: Product 77" in words(unknown)
    assert "No notifications found" in words(unknown)


async def test_another_shop_sees_nothing_of_it(web: httpx.AsyncClient, alba: Chain) -> None:
    for query in ({}, {"product": "8003"}, {"q": "Product"}, {"after": CURSOR}):
        answer = await get(web, shop=BOREALIS, **query)
        assert titles(answer) == []
        assert "Product 3" not in answer.text
    closed = await web.get(PATH, headers=bearer(CLOSED_CAFE) | MAIN)
    assert closed.status_code == 404


async def test_titles_are_text_however_odd(web: httpx.AsyncClient, alba: Chain) -> None:
    odd = '<img src=x onerror="alert(1)"> ' + "w" * 460
    await tell(alba.doors, a_notification(9, title=odd))
    answer = await get(web)
    assert "<img src=x" not in answer.text
    assert unescape(titles(answer)[0]) == odd


async def retract(
    web: httpx.AsyncClient, notification: object, shop: str = ALBA, content: bytes = b""
) -> httpx.Response:
    headers = bearer(shop) | ROW | {"Content-Type": "application/x-www-form-urlencoded"}
    return await web.post(f"{PATH}/{notification}/retraction", content=content, headers=headers)


async def test_retraction_is_answered_by_its_row_however_often(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    for _ in range(2):
        answer = await retract(web, a_notification(3).id)
        assert answer.status_code == 200
        assert answer.text.lstrip().startswith(f'<tr id="notification-{a_notification(3).id}"')
        assert "By hand" in words(answer)
        assert "Notification retracted" in words(answer)
        assert "data-retracts" not in answer.text
    assert [message.event for message in await alba.heard()] == ["retraction"]
    assert titles(await get(web, state="retracted")) == ["Product 3", "Product 2"]


async def test_reason_of_an_earlier_retraction_stays(web: httpx.AsyncClient, alba: Chain) -> None:
    assert "Order cancelled" in words(await retract(web, a_notification(2).id))


@pytest.mark.parametrize(
    ("notification", "content", "status"),
    [
        ("00000000-0000-0000-0000-0000000000ff", b"", 404),
        ("1", b"", 404),
        ("0" * 2_000, b"", 404),
        ("%00", b"", 404),
        (a_notification(3).id, b"reason=none", 400),
        (a_notification(3).id, b"\xff", 400),
        (a_notification(3).id, b"x" * 2_000, 413),
    ],
)
async def test_what_cannot_be_retracted_is_refused(
    web: httpx.AsyncClient, alba: Chain, notification: object, content: bytes, status: int
) -> None:
    answer = await retract(web, notification, content=content)
    assert answer.status_code == status
    assert titles(await get(web, state="retracted")) == ["Product 2"]


async def test_another_shop_retracts_nothing_of_ours(web: httpx.AsyncClient, alba: Chain) -> None:
    answer = await retract(web, a_notification(3).id, BOREALIS)
    assert answer.status_code == 404
    assert answer.json()["detail"] == "There is no such notification."
    assert await alba.heard() == []
    assert (await retract(web, a_notification(3).id, CLOSED_CAFE)).status_code == 404


async def test_nobody_retracts_without_a_token(web: httpx.AsyncClient, alba: Chain) -> None:
    answer = await web.post(f"{PATH}/{a_notification(3).id}/retraction", headers=ROW)
    assert answer.status_code == 401
    assert await alba.heard() == []
