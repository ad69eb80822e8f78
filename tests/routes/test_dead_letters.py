"""The page of what could not be worked off: why it stopped, and what the merchant does about it."""

import re
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from app.data import dead_letters
from app.data.dead_letters import DeadLetter
from app.domain.dead_letters import ERASED
from app.shopify import topics
from app.views.dead_letters import TITLES
from tests.cast import ALBA, ANA, BOREALIS, CLOSED_CAFE, bearer, encoded, id_token, order
from tests.routes.words import words
from tests.services.chain import Chain
from tests.services.test_dead_letters import letters, mend, rows, unhandled, unreadable

MAIN = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "main#main"}
PART = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#dead-letters"}


@pytest.fixture
async def alba(chain: Chain) -> Chain:
    await chain.install()
    return chain


async def park_many(chain: Chain, number: int, **changes: Any) -> None:
    async with chain.doors.data.tenant(ALBA) as connection:
        for each in range(number):
            letter = {
                "shop": ALBA,
                "worker": "relay",
                "about": str(each),
                "message": b"{}",
                "reason": "not-json",
                "trace": f"not-json: {each}",
            }
            await dead_letters.park(
                connection, DeadLetter(**(letter | changes)), chain.doors.clock()
            )


async def list_of(web: httpx.AsyncClient, shop: str = ALBA, **query: int) -> httpx.Response:
    answer = await web.get("/dead-letters", params=query, headers=bearer(shop) | PART)
    assert answer.status_code == 200
    return answer


async def shown(web: httpx.AsyncClient, shop: str = ALBA, **query: int) -> str:
    return words(await list_of(web, shop, **query))


async def replay(
    web: httpx.AsyncClient, letter: object, shop: str = ALBA, query: str = ""
) -> httpx.Response:
    path = f"/dead-letters/{letter}/replay{query}"
    return await web.post(path, headers=bearer(shop) | PART)


async def drop(web: httpx.AsyncClient, letter: object, shop: str = ALBA) -> httpx.Response:
    return await web.delete(f"/dead-letters/{letter}", headers=bearer(shop) | PART)


def test_every_topic_has_a_title_that_merchants_know() -> None:
    own = {topics.PREVIEW_REQUESTED, topics.REPORTED, topics.ANNOUNCED}
    assert set(TITLES) == {*topics.HEARD, *own}


async def test_a_shop_whose_events_were_all_processed_is_told_so(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    answer = await web.get("/dead-letters", headers=bearer() | MAIN)
    assert "Unprocessed events" in words(answer)
    assert "Everything was processed" in words(answer)


async def test_what_came_in_is_named_with_the_reason(web: httpx.AsyncClient, alba: Chain) -> None:
    await unreadable(alba, encoded({"id": 5001}))
    answer = await list_of(web)
    said = words(answer)
    assert "New order Order 5001 It came in a shape that Earshot does not know." in said
    assert "unexpected-shape: " in said
    assert 'href="shopify://admin/orders/5001"' in answer.text


async def test_a_fault_of_earshots_own_is_told_with_its_trace(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    await unhandled(alba)
    said = await shown(web)
    assert "Earshot made a mistake while working on it." in said
    assert "Traceback: KeyError" in said


async def test_a_replayed_event_leaves_the_list_and_becomes_a_card(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    letter = await unhandled(alba)
    answer = await replay(web, letter)
    assert answer.status_code == 200
    assert "Everything was processed" in words(answer)
    assert "Sent through once more. If it fails again, it comes back here." in words(answer)
    await alba.notify(await alba.relay())
    assert len(await alba.heard()) == 1
    [row] = await rows(alba, "SELECT actor FROM audit_log WHERE action = 'replayed a dead letter'")
    assert row["actor"] == ANA


async def test_one_that_still_cannot_be_processed_stays_and_says_why(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    letter = await unreadable(alba)
    await mend(alba, b"{}")
    answer = await replay(web, letter)
    assert answer.status_code == 422
    assert "This event stays here It still cannot be processed." in words(answer)
    assert "It came in a shape that Earshot does not know." in words(answer)
    assert str(letter) in answer.text


async def test_one_whose_customer_was_forgotten_can_only_be_dropped(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    letter = await unreadable(alba)
    await rows(alba, "UPDATE dead_letters SET message = '{}', trace = $1", ERASED)
    answer = await list_of(web)
    assert "A customer in it was forgotten and its contents with them" in words(answer)
    assert f"{letter}/replay" not in answer.text
    assert (await replay(web, letter)).status_code == 422
    assert (await drop(web, letter)).status_code == 200


async def test_a_dropped_event_is_gone(web: httpx.AsyncClient, alba: Chain) -> None:
    letter = await unreadable(alba)
    answer = await drop(web, letter)
    assert "Event dropped" in words(answer)
    assert "Everything was processed" in words(answer)
    assert (await drop(web, letter)).status_code == 404
    assert (await replay(web, letter)).status_code == 404


async def test_a_long_list_is_turned_page_by_page(web: httpx.AsyncClient, alba: Chain) -> None:
    await park_many(alba, 120)
    found: list[str] = []
    for page in (1, 2, 3):
        found += re.findall(r"not-json: (\d+)", (await list_of(web, page=page)).text)
    assert sorted(map(int, found)) == list(range(120))
    assert 'href="/dead-letters?page=2"' in (await list_of(web)).text
    assert "The list ends before this page" in await shown(web, page=4)


async def test_an_answer_stays_on_its_page(web: httpx.AsyncClient, alba: Chain) -> None:
    await park_many(alba, 60)
    text = (await list_of(web, page=2)).text
    [path, *_] = re.findall(r'hx-delete="([^"]+)"', text)
    assert path.endswith("?page=2")
    answer = await web.delete(path, headers=bearer() | PART)
    assert len(re.findall(r"not-json: ", answer.text)) == 9


@pytest.mark.parametrize("page", ["0", "-1", "1.5", "two", "", "9" * 30, "%00", "1&page=2x"])
async def test_a_page_that_cannot_be_is_refused(
    web: httpx.AsyncClient, alba: Chain, page: str
) -> None:
    letter = await unreadable(alba)
    for method, path in (
        ("GET", "/dead-letters"),
        ("POST", f"/dead-letters/{letter}/replay"),
        ("DELETE", f"/dead-letters/{letter}"),
    ):
        answer = await web.request(method, f"{path}?page={page}", headers=bearer() | MAIN)
        assert answer.status_code == 400
    assert len(await letters(alba)) == 1


@pytest.mark.parametrize(
    "letter", [uuid4(), UUID(int=0), "1", "one", "%00", "x" * 5_000, "'; DROP TABLE shops"]
)
async def test_one_that_is_not_there_is_neither_replayed_nor_dropped(
    web: httpx.AsyncClient, alba: Chain, letter: object
) -> None:
    assert (await replay(web, letter)).status_code == 404
    assert (await drop(web, letter)).status_code == 404


async def test_another_shop_neither_sees_nor_touches_an_event(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    await alba.install(BOREALIS)
    letter = await unreadable(alba)
    assert "Everything was processed" in await shown(web, BOREALIS)
    assert (await replay(web, letter, BOREALIS)).status_code == 404
    assert (await drop(web, letter, BOREALIS)).status_code == 404
    assert len(await letters(alba)) == 1


async def test_a_shop_without_earshot_has_no_events(web: httpx.AsyncClient, chain: Chain) -> None:
    answer = await web.get("/dead-letters", headers=bearer(CLOSED_CAFE) | MAIN)
    assert answer.status_code == 404
    assert (await replay(web, uuid4(), CLOSED_CAFE)).status_code == 404


async def test_nobody_changes_anything_without_a_fetched_token(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    letter = await unreadable(alba)
    for method, path in (
        ("POST", f"/dead-letters/{letter}/replay"),
        ("DELETE", f"/dead-letters/{letter}"),
    ):
        for headers in ({"Cookie": f"id_token={id_token()}"}, {"Authorization": "Bearer x"}, {}):
            assert (await web.request(method, path, headers=headers)).status_code == 401
        query = {"id_token": id_token()}
        assert (await web.request(method, path, params=query)).status_code == 401
    assert len(await letters(alba)) == 1


async def test_what_came_in_is_text_and_never_markup(web: httpx.AsyncClient, alba: Chain) -> None:
    markup = "<script>alert(1)</script>"
    await park_many(alba, 1, reason=markup, trace=markup * 1_000)
    text = (await list_of(web)).text
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert len(text) < 20_000  # the end of it says enough


async def test_home_leads_there_only_where_there_is_something(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    await alba.install(BOREALIS)
    await unreadable(alba)
    await unreadable(alba)
    answer = await web.get("/", headers=bearer() | MAIN)
    assert "Unprocessed events 2 put aside, with the reason Details" in words(answer)
    assert 'href="/dead-letters"' in answer.text
    other = await web.get("/", headers=bearer(BOREALIS) | MAIN)
    assert "/dead-letters" not in other.text


async def test_the_list_alone_is_given_to_a_place_in_the_page(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    await alba.tell("orders/create", order())
    answer = await list_of(web)
    assert answer.text.lstrip().startswith('<div id="dead-letters"')
