"""The page of requests about privacy, and the document that a merchant takes from it."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import httpx
import pytest

from app import doors
from app.services.privacy import requests
from tests.cast import ALBA, ANA, BOREALIS, CLOSED_CAFE, bearer, encoded, id_token
from tests.routes.conftest import asking
from tests.services.chain import Chain
from tests.services.privacy.people import MARGAUX, OF_MARGAUX, ask, demand, order_of
from tests.services.privacy.test_customers import rows, work_off

ASKED, REDACT = "customers/data_request", "customers/redact"
MAIN = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "main#main"}
PART = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#data-requests"}


@pytest.fixture
async def alba(chain: Chain) -> Chain:
    await chain.install()
    return chain


def words(answer: httpx.Response) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.text).split()))


async def list_of(web: httpx.AsyncClient, shop: str = ALBA, **query: int) -> httpx.Response:
    answer = await web.get("/data-requests", params=query, headers=bearer(shop) | PART)
    assert answer.status_code == 200
    return answer


async def shown(web: httpx.AsyncClient, shop: str = ALBA, **query: int) -> str:
    return words(await list_of(web, shop, **query))


async def export(web: httpx.AsyncClient, webhook_id: str, shop: str = ALBA) -> httpx.Response:
    return await web.get(f"/data-requests/{webhook_id}/export", headers=bearer(shop))


async def id_of(chain: Chain) -> str:
    [row] = await rows(chain, "SELECT webhook_id FROM compliance_requests")
    return str(row["webhook_id"])


async def put_on_record(chain: Chain, **asked: tuple[int, bool]) -> None:
    """By webhook id: how many days ago it came, and whether it is done."""
    now = chain.doors.clock()
    async with chain.doors.data.tenant(ALBA) as connection:
        for webhook_id, (days, is_done) in asked.items():
            at = now - timedelta(days=days)
            await connection.execute(
                "INSERT INTO compliance_requests (shop, webhook_id, topic, detail, said_at,"
                " received_at, due_at, next_at, done_at)"
                " VALUES ($1, $2, $3, '{}', $4, $4, $5, $4, $6)",
                ALBA,
                webhook_id,
                REDACT,
                at,
                at + timedelta(days=30),
                now if is_done else None,
            )


def later(chain: Chain, days: float) -> Chain:
    now = chain.doors.clock() + timedelta(days=days)
    return replace(chain, doors=replace(chain.doors, clock=lambda: now))


async def test_shop_that_nobody_asked_anything_is_told_so(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    answer = await web.get("/data-requests", headers=bearer() | MAIN)
    assert "No data requests yet" in words(answer)
    assert "By law customers may ask" in words(answer)
    assert "every 15s" not in answer.text


async def test_request_is_shown_with_its_deadline_and_then_as_done(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    await ask(alba, REDACT)
    answer = await list_of(web)
    due = alba.doors.clock() + timedelta(days=30)
    assert f"{due.day} {due:%b %Y} Waiting 29 days left" in words(answer)
    assert 'href="shopify://admin/customers/9001000001"' in answer.text
    assert 'hx-trigger="every 15s"' in answer.text
    await work_off(alba)
    answer = await list_of(web)
    assert "Done just now" in words(answer)
    assert "9001000001" not in answer.text
    assert "every 15s" not in answer.text


async def test_customer_is_named_by_number_and_nothing_else(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    await ask(alba, ASKED)
    await work_off(alba)
    text = (await list_of(web)).text
    assert "9001000001" in text
    for personal in {*OF_MARGAUX, str(MARGAUX["email"]), str(MARGAUX["phone"])} - {"9001000001"}:
        assert personal not in text


async def test_what_holds_a_request_up_is_said(web: httpx.AsyncClient, alba: Chain) -> None:
    await ask(alba, REDACT, customer=None)
    await work_off(alba)
    said = await shown(web)
    assert "Held up 29 days left" in said
    assert "The request names no customer and no order. Earshot tries again." in said


async def test_merchants_do_not_read_where_redis_runs(web: httpx.AsyncClient, alba: Chain) -> None:
    await ask(alba, REDACT)
    nowhere = replace(alba.doors.settings, redis_url="redis://127.0.0.1:9/0")
    async with doors.opened(nowhere) as elsewhere:
        assert await requests.work_off_one(elsewhere)
    assert "Redis does not answer. Earshot tries again." in await shown(web)
    assert "127.0.0.1:9" not in await shown(web)


@pytest.mark.parametrize(
    ("days", "title"),
    [(22, None), (24, "Due within a week"), (29, "Due within a week"), (31, "Overdue")],
)
async def test_deadline_that_is_near_is_said_above_the_list(
    alba: Chain, days: int, title: str | None
) -> None:
    await ask(alba, REDACT, customer=None)
    async with asking(later(alba, days).doors) as web:
        said = await shown(web)
    assert ("Whoever runs Earshot" in said) == (title is not None)
    if title:
        assert said.startswith(title)


async def test_open_ones_come_first_the_most_urgent_on_top(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    await put_on_record(alba, w1=(2, True), w2=(1, True), w3=(5, False), w4=(9, False))
    listed = re.findall(r'<tr id="request-w(\d)"', (await list_of(web)).text)
    assert listed == ["4", "3", "2", "1"]


async def test_long_list_is_turned_page_by_page(web: httpx.AsyncClient, alba: Chain) -> None:
    await put_on_record(alba, **{f"w{number}": (number, True) for number in range(1, 121)})
    found: list[str] = []
    for page in (1, 2, 3):
        text = (await list_of(web, page=page)).text
        found += re.findall(r'<tr id="request-w(\d+)"', text)
        assert ('href="/data-requests?page=4"' in text) is False
    assert found == [str(number) for number in range(1, 121)]
    assert "The list ends before this page" in await shown(web, page=4)
    assert 'href="/data-requests?page=2"' in (await list_of(web)).text
    assert 'href="/data-requests"' in (await list_of(web, page=2)).text


@pytest.mark.parametrize("page", ["0", "-1", "1.5", "two", "", "9" * 30, "%00", "1&page=2x"])
async def test_page_that_cannot_be_is_refused(
    web: httpx.AsyncClient, alba: Chain, page: str
) -> None:
    answer = await web.get(f"/data-requests?page={page}", headers=bearer() | MAIN)
    assert answer.status_code == 400


async def test_document_is_taken_whole_and_on_record(web: httpx.AsyncClient, alba: Chain) -> None:
    await alba.tell("orders/create", order_of(MARGAUX, 1))
    await ask(alba, ASKED)
    await work_off(alba)
    text = (await list_of(web)).text
    webhook_id = await id_of(alba)
    assert f'href="/data-requests/{webhook_id}/export"' in text
    assert 'download="earshot-customer-9001000001.json"' in text
    answer = await export(web, webhook_id)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == "attachment"
    assert json.loads(answer.content)["customer"] == MARGAUX
    [row] = await rows(alba, "SELECT actor, detail FROM audit_log WHERE action LIKE 'took %'")
    assert (row["actor"], json.loads(row["detail"])) == (ANA, {"request": webhook_id})


async def test_document_is_gone_after_thirty_days_and_said_to_be(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    await ask(alba, ASKED)
    await work_off(alba)
    until = alba.doors.clock() + timedelta(days=30)
    assert f"kept until {until.day} {until:%b %Y}." in await shown(web)
    await rows(alba, "UPDATE compliance_requests SET export = NULL, detail = '{}' RETURNING 1")
    assert "The document is not kept any more." in await shown(web)
    assert (await export(web, await id_of(alba))).status_code == 404


@pytest.mark.parametrize(
    "webhook_id",
    ["w1", "%00", "%F0%9F%A6%8A", "x" * 5_000, "a%2Fb", "'%20OR%201=1", "%E0%A0", "null"],
)
async def test_document_that_is_not_there_cannot_be_taken(
    web: httpx.AsyncClient, alba: Chain, webhook_id: str
) -> None:
    assert (await export(web, webhook_id)).status_code == 404


async def test_request_with_an_odd_id_is_found_under_it(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    odd = 'a?b#c "<d>" é%41'
    await alba.receive(ASKED, encoded(demand(ASKED)), webhook_id=odd)
    await alba.relay()
    await work_off(alba)
    [path] = re.findall(r'href="(/data-requests/[^"]+)"', (await list_of(web)).text)
    assert (await web.get(path, headers=bearer())).status_code == 200


async def test_another_shop_neither_sees_a_request_nor_takes_its_document(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    await alba.install(BOREALIS)
    await ask(alba, ASKED)
    await work_off(alba)
    assert "No data requests yet" in await shown(web, BOREALIS)
    webhook_id = await id_of(alba)
    assert (await export(web, webhook_id, BOREALIS)).status_code == 404
    assert await rows(alba, "SELECT 1 FROM audit_log WHERE action LIKE 'took %'") == []
    assert (await export(web, webhook_id)).status_code == 200


async def test_shop_without_earshot_has_no_requests(web: httpx.AsyncClient, chain: Chain) -> None:
    await ask(chain, ASKED, CLOSED_CAFE)
    await work_off(chain)
    answer = await web.get("/data-requests", headers=bearer(CLOSED_CAFE) | MAIN)
    assert answer.status_code == 404
    assert (await export(web, await id_of(chain), CLOSED_CAFE)).status_code == 404


async def test_document_is_given_to_nobody_without_a_fetched_token(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    await ask(alba, ASKED)
    await work_off(alba)
    path = f"/data-requests/{await id_of(alba)}/export"
    assert (await web.get(path, params={"id_token": id_token()})).status_code == 401
    assert (await web.get(path, headers={"Cookie": f"id_token={id_token()}"})).status_code == 401
    assert (await web.get(path, headers={"Authorization": "Bearer x"})).status_code == 401
