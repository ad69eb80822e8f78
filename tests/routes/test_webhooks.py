import base64
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from prometheus_client import REGISTRY

from app.doors import Doors
from tests.cast import ALBA, BOREALIS, encoded, id_token, order, webhook_headers
from tests.routes.conftest import asking

PATH = "/webhooks/shopify"


async def _post(web: httpx.AsyncClient, body: bytes, **headers: str | None) -> httpx.Response:
    """A signed delivery; a header given as None is left out, names with _ for -."""
    changed = {name.replace("_", "-").lower(): value for name, value in headers.items()}
    sent = {k.lower(): v for k, v in webhook_headers(body, "orders/create").items()} | changed
    return await web.post(PATH, content=body, headers={k: v for k, v in sent.items() if v})


async def _deliveries(doors: Doors) -> list[Any]:
    async with doors.data.system() as connection:
        return list(await connection.fetch("SELECT * FROM deliveries ORDER BY id"))


def _counted(outcome: str) -> float:
    return REGISTRY.get_sample_value("earshot_deliveries_total", {"outcome": outcome}) or 0.0


async def test_a_signed_delivery_is_kept_byte_for_byte(
    web: httpx.AsyncClient, opened: Doors
) -> None:
    body = encoded(order())
    answer = await _post(web, body)
    assert answer.status_code == 200
    [kept] = await _deliveries(opened)
    assert (kept["shop"], kept["topic"], kept["body"]) == (ALBA, "orders/create", body)


async def test_a_repeated_delivery_is_kept_once(web: httpx.AsyncClient, opened: Doors) -> None:
    body = encoded(order())
    for expected in ("stored", "duplicate"):
        before = _counted(expected)
        answer = await _post(web, body, x_shopify_webhook_id="the-same")
        assert answer.status_code == 200
        assert _counted(expected) == before + 1
    assert len(await _deliveries(opened)) == 1


@pytest.mark.parametrize("hmac", [None, "", "bm90IHRoZSBkaWdlc3Q=", "not base64!", "é"])
async def test_a_wrong_or_missing_signature_is_refused(
    web: httpx.AsyncClient,
    opened: Doors,
    hmac: str | None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = _counted("refused-401")
    answer = await _post(web, b"{}", x_shopify_hmac_sha256=hmac and hmac.encode("latin-1"))  # type: ignore[arg-type]
    assert answer.status_code == 401
    assert await _deliveries(opened) == []
    assert _counted("refused-401") == before + 1


@pytest.mark.parametrize(
    "name",
    [
        "x_shopify_topic",
        "x_shopify_shop_domain",
        "x_shopify_webhook_id",
        "x_shopify_api_version",
    ],
)
async def test_a_missing_header_is_refused(
    web: httpx.AsyncClient, opened: Doors, name: str
) -> None:
    before = _counted("refused-400")
    answer = await _post(web, b"{}", **{name: None})
    assert answer.status_code == 400
    assert "is missing" in answer.json()["detail"]
    assert await _deliveries(opened) == []
    assert _counted("refused-400") == before + 1


async def test_the_header_names_without_x_are_read_too(
    web: httpx.AsyncClient, opened: Doors
) -> None:
    body = encoded(order())
    headers = {
        name.removeprefix("X-"): value
        for name, value in webhook_headers(body, "orders/create").items()
    }
    answer = await web.post(PATH, content=body, headers=headers)
    assert answer.status_code == 200
    assert len(await _deliveries(opened)) == 1


async def test_the_previous_secret_is_good_after_a_rotation(opened: Doors) -> None:
    rotated = replace(
        opened.settings,
        shopify_api_secret="a-new-secret",
        shopify_api_secret_previous=opened.settings.shopify_api_secret,
    )
    async with asking(replace(opened, settings=rotated)) as web:
        assert (await _post(web, b"{}")).status_code == 200


async def test_a_body_over_two_megabytes_is_refused_by_its_length(
    web: httpx.AsyncClient, opened: Doors
) -> None:
    before = _counted("refused-413")
    answer = await _post(web, b" " * 2_000_001)
    assert answer.status_code == 413
    assert await _deliveries(opened) == []
    assert _counted("refused-413") == before + 1


async def test_a_body_over_two_megabytes_is_refused_without_a_length(
    web: httpx.AsyncClient, opened: Doors
) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(21):
            yield b" " * 100_000

    answer = await web.post(PATH, content=pieces(), headers=webhook_headers(b"", "orders/create"))
    assert "content-length" not in answer.request.headers
    assert answer.status_code == 413
    assert await _deliveries(opened) == []


async def test_a_body_of_two_megabytes_is_kept(web: httpx.AsyncClient, opened: Doors) -> None:
    assert (await _post(web, b" " * 2_000_000)).status_code == 200
    assert len(await _deliveries(opened)) == 1


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "HEAD"])
async def test_only_post_is_allowed(web: httpx.AsyncClient, method: str) -> None:
    before = _counted("refused-405")
    answer = await web.request(method, PATH)
    assert answer.status_code == 405
    assert "POST" in answer.headers["allow"]
    assert _counted("refused-405") == before + 1


async def test_an_unknown_topic_is_kept_and_marked_ignored(
    web: httpx.AsyncClient, opened: Doors
) -> None:
    before = _counted("ignored")
    answer = await _post(web, b"{}", x_shopify_topic="themes/publish")
    assert answer.status_code == 200
    [kept] = await _deliveries(opened)
    assert kept["state"] == "ignored"
    assert _counted("ignored") == before + 1


@pytest.mark.parametrize(
    "shop",
    ["evil.myshopify.com.attacker.io", "alba_ceramics.myshopify.com", "Alba.myshopify.com", "x"],
)
async def test_a_shop_that_cannot_be_one_is_refused(
    web: httpx.AsyncClient, opened: Doors, shop: str
) -> None:
    answer = await _post(web, b"{}", x_shopify_shop_domain=shop)
    assert answer.status_code == 400
    assert await _deliveries(opened) == []


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "x"])
async def test_an_odd_moment_in_a_header_harms_nobody(
    web: httpx.AsyncClient, opened: Doors, moment: str
) -> None:
    answer = await _post(web, b"{}", x_shopify_triggered_at=moment)
    assert answer.status_code == 200
    assert len(await _deliveries(opened)) == 1


async def test_an_id_token_does_not_pass_for_a_webhook(
    web: httpx.AsyncClient, opened: Doors
) -> None:
    """It is signed with the same secret, and every merchant can read their own."""
    header, claims, signature = id_token(ALBA).split(".")
    raw = base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
    answer = await _post(
        web,
        f"{header}.{claims}".encode(),
        x_shopify_hmac_sha256=base64.b64encode(raw).decode(),
        x_shopify_shop_domain=BOREALIS,
    )
    assert answer.status_code == 401
    assert await _deliveries(opened) == []


async def test_the_address_of_the_app_does_not_pass_for_a_webhook(
    web: httpx.AsyncClient, opened: Doors
) -> None:
    body = f"embedded=1&host=YWRtaW4&shop={ALBA}&timestamp=1795255347".encode()
    assert (await _post(web, body)).status_code == 401
    assert await _deliveries(opened) == []


async def test_a_host_that_cannot_be_one_gets_an_answer(web: httpx.AsyncClient) -> None:
    for host in ("evil:99999", "evil]:99999"):
        answer = await web.get("/api/v1/settings", headers={"Host": host})
        assert answer.status_code < 500


@pytest.mark.parametrize("path", ["%00", "css/%00.css", "a" * 5000, "../app/config.py"])
async def test_a_file_that_cannot_be_is_not_found(web: httpx.AsyncClient, path: str) -> None:
    assert (await web.get(f"/static/{path}")).status_code == 404
