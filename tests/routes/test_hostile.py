"""Everything that names a shop or is signed by Shopify, against whoever is neither."""

import base64
import hashlib
import hmac
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from app.doors import Doors
from tests.cast import ALBA, API_SECRET, bearer, encoded, order, signature, webhook_headers
from tests.hostile import NO_SHOPS

BODY = encoded(order())
DIGEST = hmac.digest(API_SECRET.encode(), BODY, hashlib.sha256)


def _forged() -> dict[str, str | bytes]:
    """Signatures that are not that of the body, by name."""
    good = signature(BODY)
    return {
        "empty": "",
        "of another secret": signature(BODY, "another secret"),
        "of another body": signature(BODY + b"\n"),
        "of an empty body": signature(b""),
        "in hexadecimal": DIGEST.hex(),
        "cut short": base64.b64encode(DIGEST[:16]).decode(),
        "longer": base64.b64encode(DIGEST + b"0").decode(),
        "of SHA-1": base64.b64encode(hmac.digest(API_SECRET.encode(), BODY, hashlib.sha1)).decode(),
        "of SHA-512": base64.b64encode(
            hmac.digest(API_SECRET.encode(), BODY, hashlib.sha512)
        ).decode(),
        "without the key": base64.b64encode(hashlib.sha256(BODY).digest()).decode(),
        "in the other alphabet": base64.urlsafe_b64encode(bytes([251]) + DIGEST[1:]).decode(),
        "in upper case": good.upper(),
        "without its padding": good.rstrip("="),
        "with a space in it": good[:10] + " " + good[10:],
        "twice": f"{good}, {good}",
        "in quotes": f'"{good}"',
        "of other letters": "é".encode("latin-1"),
        "far too long": "A" * 8_000,
    }


async def _nothing_is_kept(doors: Doors) -> bool:
    async with doors.data.system() as connection:
        kept = await connection.fetchval(
            "SELECT (SELECT count(*) FROM deliveries) + (SELECT count(*) FROM shops)"
        )
    return bool(kept == 0)


@pytest.mark.parametrize("name", sorted(_forged()))
async def test_a_webhook_with_a_forged_signature_is_refused(
    web: httpx.AsyncClient, opened: Doors, name: str
) -> None:
    headers: dict[str, Any] = webhook_headers(BODY, "orders/create")
    headers |= {"X-Shopify-Hmac-Sha256": _forged()[name]}
    answer = await web.post("/webhooks/shopify", content=BODY, headers=headers)
    assert answer.status_code == 401
    assert await _nothing_is_kept(opened)


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body + b"\n",
        lambda body: b" " + body,
        lambda body: body.replace(b'"paid"', b'"pAid"'),
        lambda body: body.replace(b": ", b":"),
        lambda body: b"",
    ],
)
async def test_a_body_is_signed_to_the_last_byte(
    web: httpx.AsyncClient, opened: Doors, change: Any
) -> None:
    headers = webhook_headers(BODY, "orders/create")
    assert change(BODY) != BODY
    answer = await web.post("/webhooks/shopify", content=change(BODY), headers=headers)
    assert answer.status_code == 401
    assert await _nothing_is_kept(opened)


async def test_a_signature_that_is_sent_twice_counts_only_when_it_is_right(
    web: httpx.AsyncClient, opened: Doors
) -> None:
    good = webhook_headers(BODY, "orders/create")
    for values in (["bm8=", good["X-Shopify-Hmac-Sha256"]], ["bm8=", "bm8="]):
        headers = [(k, v) for k, v in good.items() if k != "X-Shopify-Hmac-Sha256"]
        headers += [("X-Shopify-Hmac-Sha256", value) for value in values]
        answer = await web.post("/webhooks/shopify", content=BODY, headers=headers)
        assert answer.status_code == 401
    assert await _nothing_is_kept(opened)


@pytest.mark.parametrize("shop", [shop for shop in NO_SHOPS if shop and shop.isprintable()])
async def test_a_webhook_of_no_shop_is_refused(
    web: httpx.AsyncClient, opened: Doors, shop: str
) -> None:
    headers: dict[str, Any] = webhook_headers(BODY, "orders/create")
    headers |= {"X-Shopify-Shop-Domain": shop.encode()}
    answer = await web.post("/webhooks/shopify", content=BODY, headers=headers)
    assert answer.status_code == 400
    assert await _nothing_is_kept(opened)


@pytest.mark.parametrize("shop", NO_SHOPS)
async def test_no_shop_is_installed_framed_or_led_to(
    web: httpx.AsyncClient, opened: Doors, shop: str
) -> None:
    """Whatever an address calls a shop: nothing leads there, and no page may lie in its frame."""
    asked = [
        ("/auth/start", {"shop": shop}),
        ("/auth/callback", {"shop": shop, "code": "x", "state": "0" * 64, "hmac": "0" * 64}),
        ("/", {"shop": shop}),
        ("/", {"shop": shop, "embedded": "1"}),
        ("/auth/session-token", {"shop": shop, "shopify-reload": "/"}),
        ("/nowhere", {"shop": shop}),
    ]
    for path, query in asked:
        answer = await web.get(path, params=query, headers={"Accept": "text/html"})
        assert answer.status_code in (200, 400, 404), path
        assert "location" not in answer.headers, path
        policy = answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy, path
    assert await _nothing_is_kept(opened)


@pytest.mark.parametrize("shop", NO_SHOPS)
async def test_no_storefront_is_one_of_no_shop(web: httpx.AsyncClient, shop: str) -> None:
    for path in ("config.json", "interactions"):
        address = f"/storefront/{quote(shop, safe='')}/{path}"
        answer = await web.request("GET" if path == "config.json" else "POST", address, content=b"")
        assert answer.status_code in (400, 404), address


@pytest.mark.parametrize("shop", [shop for shop in NO_SHOPS if shop])
async def test_a_token_does_not_open_what_the_query_calls_something_else(
    web: httpx.AsyncClient, shop: str
) -> None:
    answer = await web.get("/api/v1/settings", params={"shop": shop}, headers=bearer(ALBA))
    assert answer.status_code == 401


async def test_a_key_of_the_query_that_comes_twice_is_none(web: httpx.AsyncClient) -> None:
    for query in (f"shop={ALBA}&shop={ALBA}", f"shop={ALBA}&shop=borealis.myshopify.com"):
        for path in ("/auth/start", "/auth/callback", "/"):
            answer = await web.get(f"{path}?{query}", headers={"Accept": "text/html"})
            assert answer.status_code == 400, (path, query)
            assert "location" not in answer.headers
