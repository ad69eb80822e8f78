"""One notification on its page: the card, the events that prove it, and who took it back."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pytest

from app.data import notifications, shops
from app.domain.callers import Caller
from app.domain.frames import Notification as Frame
from app.domain.settings import Languages, Privacy, ShopSettings
from app.domain.shops import ShopFacts
from app.services import retracting, shop_settings
from tests.cast import ALBA, ANA, BOREALIS, CLOSED_CAFE, bearer, id_token, line_item, order
from tests.data.tellings import a_notification
from tests.services.chain import Chain

MAIN = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "main#main"}
PART = MAIN | {"HX-Target": f"article#notification-{a_notification(1).id}"}
ORDER = order(1)["id"]


@pytest.fixture
async def told(chain: Chain) -> UUID:
    """An order that was placed an hour ago and paid just now."""
    await chain.install()
    await chain.install(BOREALIS)
    placed = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    unpaid = order(1, financial_status="pending", processed_at=placed, updated_at=placed)
    await chain.tell("orders/create", unpaid)
    await chain.tell("orders/paid", order(1, processed_at=placed))
    return await newest(chain)


async def newest(chain: Chain) -> UUID:
    async with chain.doors.data.tenant(ALBA):
        [found] = await notifications.latest(ALBA, 1)
    return found.id


async def get(web: httpx.AsyncClient, notification: object, shop: str = ALBA) -> httpx.Response:
    return await web.get(f"/notifications/{notification}", headers=bearer(shop) | MAIN)


async def shown(web: httpx.AsyncClient, notification: object) -> str:
    answer = await get(web, notification)
    assert answer.status_code == 200
    return words(answer)


def words(answer: httpx.Response) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.text).split()))


def data(answer: httpx.Response, name: str) -> Any:
    """What the page hands to the widget."""
    [found] = re.findall(rf'data-{name}="([^"]*)"', answer.text)
    return msgspec.json.decode(unescape(found))


async def save(chain: Chain, **changes: Any) -> None:
    doors = chain.doors
    wanted = ShopSettings(**changes)
    await shop_settings.save(doors.data, doors.live, Caller(ALBA, ANA), wanted, doors.clock())


async def test_address_that_is_typed_in_gives_the_page(web: httpx.AsyncClient, told: UUID) -> None:
    query = {"shop": ALBA, "embedded": "1", "id_token": id_token()}
    answer = await web.get(f"/notifications/{told}", params=query)
    assert answer.text.startswith("<!doctype html>")
    assert "Someone bought Alba mug" in words(answer)
    inside = await web.get(f"/notifications/{told}", headers=bearer() | PART)
    assert inside.text.lstrip().startswith(f'<article id="notification-{told}"')


async def test_receipt_names_what_happened_and_when_it_came(
    web: httpx.AsyncClient, told: UUID
) -> None:
    answer = await get(web, told)
    said = words(answer)
    assert re.search(r"Order placed .* arrived 1 hour later orders/create", said)
    assert re.search(r"Order paid .* arrived at once orders/paid", said)
    assert said.index("Order placed") < said.index("Order paid") < said.index("Notification made")
    assert answer.text.count(f'href="shopify://admin/orders/{ORDER}"') == 2
    assert 'href="shopify://admin/products/8001"' in answer.text
    assert 'href="/notifications?product=8001"' in answer.text
    assert "Nobody is shown" not in said


async def test_moments_are_those_of_the_shop(
    web: httpx.AsyncClient, chain: Chain, told: UUID
) -> None:
    async with chain.doors.data.tenant(ALBA) as connection:
        facts = ShopFacts("Alba", "https://a.test", "EUR", "Asia/Tokyo", "en", "Basic")
        await shops.learn(connection, ALBA, facts, chain.doors.clock())
    assert re.search(r"Order placed \d+ \w+ \d+, \d\d:\d\d:\d\d JST", await shown(web, told))


async def test_order_that_is_cancelled_says_so_to_the_end(
    web: httpx.AsyncClient, chain: Chain, told: UUID
) -> None:
    later = (datetime.now(UTC) + timedelta(seconds=1)).isoformat()
    await chain.tell("orders/cancelled", order(1, cancelled_at=later, updated_at=later))
    said = await shown(web, told)
    assert "Nobody is shown this card any more Its order was cancelled." in said
    assert said.index("Notification made") < said.index("Order cancelled")
    assert "Revision 2" in said
    assert "What shoppers saw" in said


@pytest.mark.parametrize(
    ("actor", "by"),
    [(ANA, "Ana Moreau"), ("902211987", "Staff member …1987"), ("api-key:77", "An API key")],
)
async def test_receipt_says_who_took_it_back(
    web: httpx.AsyncClient, chain: Chain, told: UUID, actor: str, by: str
) -> None:
    async with chain.doors.data.tenant(ALBA) as connection:
        await connection.execute(
            "INSERT INTO staff VALUES ($1, $2, 'Ana Moreau', $3)", ALBA, ANA, datetime.now(UTC)
        )
    await retracting.retract(chain.doors, Caller(ALBA, actor), told)
    said = await shown(web, told)
    assert "It was retracted by hand." in said
    assert f"Retracted by {by}" in said


async def test_retraction_asked_from_its_page_is_answered_by_it(
    web: httpx.AsyncClient, told: UUID
) -> None:
    path = f"/notifications/{told}/retraction"
    answer = await web.post(path, headers=bearer() | PART)
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith(f'<article id="notification-{told}"')
    assert "It was retracted by hand." in words(answer)
    assert "Notification retracted" in words(answer)


async def test_card_is_the_one_that_shoppers_get(
    web: httpx.AsyncClient, chain: Chain, told: UUID
) -> None:
    config = (await web.get(f"/storefront/{ALBA}/config.json")).json()
    answer = await get(web, told)
    assert data(answer, "card") == config["cards"][0]
    assert data(answer, "config")["style"] == config["style"]
    await save(chain, paused=True, languages=Languages(("fr", "de"), None))
    answer = await get(web, told)
    assert data(answer, "config")["rules"]
    assert "locale=fr" in answer.text


async def test_name_is_told_only_as_long_as_cards_tell_it(
    web: httpx.AsyncClient, chain: Chain, told: UUID
) -> None:
    await save(chain, privacy=Privacy(name="first-name", understood=True))
    await chain.tell("orders/create", order(2))
    named = await newest(chain)
    answer = await get(web, named)
    assert "Margaux bought Alba mug" in words(answer)
    assert "Name Margaux" in words(answer)
    assert msgspec.convert(data(answer, "card"), Frame).facts.name == "Margaux"
    await save(chain)
    answer = await get(web, named)
    assert "Margaux" not in answer.text
    assert "Someone bought Alba mug" in words(answer)


@pytest.mark.parametrize("title", ["w" * 500, "<img src=x onerror='alert(1)'>", "\"}'</script>"])
async def test_titles_are_text_however_odd(
    web: httpx.AsyncClient, chain: Chain, title: str
) -> None:
    await chain.install()
    await chain.tell("orders/create", order(2, line_items=[line_item(title=title)]))
    answer = await get(web, await newest(chain))
    assert "<img src=x" not in answer.text
    assert data(answer, "card")["facts"]["product"]["title"] == title


@pytest.mark.parametrize(
    "path", ["00000000-0000-0000-0000-0000000000ff", "1", "None", "x" * 3_000, "%00", "..%2f.."]
)
async def test_what_is_not_there_is_not_found(
    web: httpx.AsyncClient, told: UUID, path: str
) -> None:
    assert (await get(web, path)).status_code == 404


async def test_another_shops_notification_is_none(web: httpx.AsyncClient, told: UUID) -> None:
    for shop in (BOREALIS, CLOSED_CAFE):
        answer = await get(web, told, shop)
        assert answer.status_code == 404
        assert "Alba" not in answer.text


async def test_card_in_the_admin_says_that_it_is_none_on_a_storefront(
    web: httpx.AsyncClient,
) -> None:
    for of, mark in (("notification", "Preview"), ("", "Sample"), ("<b>", "Sample")):
        answer = await web.get("/preview", params={"shop": ALBA, "of": of})
        assert f'data-sample="{mark}"' in answer.text
