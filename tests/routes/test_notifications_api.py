from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest

from app.domain.cursors import Cursor
from tests.cast import ALBA, BOREALIS, bearer, line_item, order
from tests.services.chain import Chain

PATH = "/api/v1/notifications"
CURSOR = str(Cursor(datetime(2026, 11, 21, tzinfo=UTC), UUID(int=0)))


@pytest.fixture
async def sold(chain: Chain) -> Chain:
    """Alba has sold five times, the oldest first; the newest order is #5."""
    await chain.install(ALBA)
    await chain.install(BOREALIS)
    for number in range(1, 6):
        await _sell(chain, number)
    return chain


async def _sell(chain: Chain, number: int, **changes: Any) -> None:
    minutes = f"{number:02}"
    moment = chain.doors.clock().strftime(f"%Y-%m-%dT00:{minutes}:00Z")
    lines = [line_item(number, product_id=8000 + number, title=f"Product {number}")]
    await chain.tell(
        "orders/create",
        order(number, processed_at=moment, line_items=lines, **changes),
    )


async def _list(web: httpx.AsyncClient, **query: Any) -> Any:
    answer = await web.get(PATH, params=query, headers=bearer())
    assert answer.status_code == 200, answer.text
    return answer.json()


def _titles(page: Any) -> list[str]:
    return [each["facts"]["product"]["title"] for each in page["notifications"]]


async def test_notifications_are_listed_newest_first(web: httpx.AsyncClient, sold: Chain) -> None:
    page = await _list(web)
    assert _titles(page) == [f"Product {number}" for number in (5, 4, 3, 2, 1)]
    assert page["next"] is None


async def test_pages_stay_right_while_new_ones_come(web: httpx.AsyncClient, sold: Chain) -> None:
    first = await _list(web, limit=2)
    await _sell(sold, 6)
    second = await _list(web, limit=2, after=first["next"])
    third = await _list(web, limit=2, after=second["next"])
    assert _titles(first) + _titles(second) + _titles(third) == [
        f"Product {number}" for number in (5, 4, 3, 2, 1)
    ]
    assert third["next"] is None


async def test_pages_are_turned_back_to_what_is_new(web: httpx.AsyncClient, sold: Chain) -> None:
    first = await _list(web, limit=2)
    second = await _list(web, limit=2, after=first["next"])
    await _sell(sold, 6)
    back = await _list(web, limit=2, before=second["previous"])
    newest = await _list(web, limit=2, before=back["previous"])
    assert first["previous"] is None
    assert _titles(second) == ["Product 3", "Product 2"]
    assert _titles(back) == ["Product 5", "Product 4"]
    assert _titles(newest) == ["Product 6"]
    assert newest["previous"] is None
    assert _titles(await _list(web, after=newest["next"], limit=2)) == _titles(back)


async def test_the_list_is_filtered(web: httpx.AsyncClient, sold: Chain) -> None:
    assert _titles(await _list(web, product=8003)) == ["Product 3"]
    assert _titles(await _list(web, kind="review")) == []
    assert _titles(await _list(web, state="retracted")) == []
    assert len(_titles(await _list(web, state="published"))) == 5
    assert _titles(await _list(web, q="UCT 3")) == ["Product 3"]
    assert _titles(await _list(web, q="0%")) == []
    assert _titles(await _list(web, until="2000-01-01")) == []
    assert len(_titles(await _list(web, since="2000-01-01", until="9999-12-31"))) == 5


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0},
        {"limit": 101},
        {"limit": "x"},
        {"state": "gone"},
        {"kind": "\0"},
        {"kind": "x" * 1_000},
        {"after": "nonsense"},
        {"after": ""},
        {"before": "nonsense"},
        {"after": CURSOR, "before": CURSOR},
        {"since": "yesterday"},
        {"until": "2026-13-01"},
        {"q": "x" * 201},
        {"product": -1},
        {"product": 2**64},
    ],
)
async def test_an_impossible_question_is_refused(
    web: httpx.AsyncClient, chain: Chain, query: dict[str, Any]
) -> None:
    await chain.install()
    answer = await web.get(PATH, params=query, headers=bearer())
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/problem+json")


async def test_a_notification_is_shown_with_its_receipt(
    web: httpx.AsyncClient, sold: Chain
) -> None:
    [told] = (await _list(web, product=8003))["notifications"]
    receipt = (await web.get(f"{PATH}/{told['id']}", headers=bearer())).json()
    assert receipt["notification"] == told
    [event] = receipt["proof"]
    assert event["type"] == "order.created"
    assert event["topic"] == "orders/create"
    assert event["entity"] == f"order:{order(3)['id']}"
    assert event["webhook_id"]


async def test_a_retraction_by_hand_reaches_open_pages_once(
    web: httpx.AsyncClient, sold: Chain
) -> None:
    [told] = (await _list(web, product=8003))["notifications"]
    for _ in range(2):
        answer = await web.post(f"{PATH}/{told['id']}/retraction", headers=bearer())
        assert answer.status_code == 200
        assert answer.json()["state"] == "retracted"
        assert answer.json()["reason"] == "by-hand"
    events = [message.event for message in await sold.heard()]
    assert events.count("retraction") == 1
    assert _titles(await _list(web, state="retracted")) == ["Product 3"]
    config = (await web.get(f"/storefront/{ALBA}/config.json")).json()
    assert told["id"] not in {card["id"] for card in config["cards"]}
    async with sold.doors.data.system() as connection:
        actors = await connection.fetch(
            "SELECT actor FROM audit_log WHERE action = 'retracted a notification'"
        )
    assert [row["actor"] for row in actors] == ["42"]


async def test_what_was_taken_back_by_hand_stays_back(web: httpx.AsyncClient, sold: Chain) -> None:
    [told] = (await _list(web, product=8003))["notifications"]
    await web.post(f"{PATH}/{told['id']}/retraction", headers=bearer())
    await _sell(sold, 3)
    assert _titles(await _list(web, state="published", product=8003)) == []


async def test_another_shops_notification_is_none(web: httpx.AsyncClient, sold: Chain) -> None:
    [told] = (await _list(web, product=8003))["notifications"]
    for method, path in (("GET", told["id"]), ("POST", f"{told['id']}/retraction")):
        answer = await web.request(method, f"{PATH}/{path}", headers=bearer(BOREALIS))
        assert answer.status_code == 404
    page = (await web.get(PATH, headers=bearer(BOREALIS))).json()
    assert page == {"notifications": [], "next": None, "previous": None}
    assert _titles(await _list(web, product=8003, state="published")) == ["Product 3"]


@pytest.mark.parametrize("path", ["9065f766-18b1-4839-951d-e7ff051fc0bb", "1", "x"])
async def test_a_notification_that_is_none_is_not_found(
    web: httpx.AsyncClient, chain: Chain, path: str
) -> None:
    await chain.install()
    assert (await web.get(f"{PATH}/{path}", headers=bearer())).status_code == 404


async def test_the_list_asks_for_a_token(web: httpx.AsyncClient) -> None:
    assert (await web.get(PATH)).status_code == 401
