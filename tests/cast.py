"""Who plays in the tests: two shops, one that has left, and what they send."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from datetime import UTC, datetime
from typing import Any

import jwt

ALBA = "alba-ceramics.myshopify.com"  # an ordinary shop, with merchant Ana
BOREALIS = "borealis.myshopify.com"  # another tenant, who must never see Alba's things
CLOSED_CAFE = "closed-cafe.myshopify.com"  # has uninstalled

API_KEY = "0123456789abcdef0123456789abcdef"
API_SECRET = "shpss_the-secret-of-the-tests-0123456789"
ANA = "42"


def id_token(shop: str = ALBA, *, secret: str = API_SECRET, **overrides: Any) -> str:
    """An ID token as Shopify issues it, but for the overridden claims (None leaves one out)."""
    now = int(time.time())
    claims = {
        "iss": f"https://{shop}/admin",
        "dest": f"https://{shop}",
        "aud": API_KEY,
        "sub": ANA,
        "exp": now + 60,
        "nbf": now - 1,
        "iat": now - 1,
        "jti": secrets.token_hex(8),
        "sid": secrets.token_hex(8),
    } | overrides
    present = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(present, secret, algorithm="HS256")


def bearer(shop: str = ALBA, **overrides: Any) -> dict[str, str]:
    return {"Authorization": f"Bearer {id_token(shop, **overrides)}"}


def signature(body: bytes, secret: str = API_SECRET) -> str:
    return base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()


def webhook_headers(
    body: bytes, topic: str, shop: str = ALBA, webhook_id: str | None = None
) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "X-Shopify-Topic": topic,
        "X-Shopify-Hmac-Sha256": signature(body),
        "X-Shopify-Shop-Domain": shop,
        "X-Shopify-API-Version": "2026-10",
        "X-Shopify-Webhook-Id": webhook_id or secrets.token_hex(16),
        "X-Shopify-Event-Id": secrets.token_hex(16),
        "X-Shopify-Triggered-At": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
    }


def order(number: int = 5001, **changes: Any) -> dict[str, Any]:
    """A paid order for one Alba mug, with a customer whose name must not travel."""
    moment = datetime.now(UTC).isoformat()
    return {
        "id": 820_982_911_946_000_000 + number,
        "name": f"#{number}",
        "created_at": moment,
        "processed_at": moment,
        "updated_at": moment,
        "cancelled_at": None,
        "financial_status": "paid",
        "test": False,
        "currency": "EUR",
        "email": "margaux@example.com",
        "customer": {"id": 9001, "first_name": "Margaux", "last_name": "Delacroix"},
        "shipping_address": {"city": "Lyon", "country_code": "FR", "first_name": "Margaux"},
        "line_items": [line_item(number * 10)],
    } | changes


def line_item(line_id: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "id": line_id,
        "product_id": 8001,
        "variant_id": 9101,
        "title": "Alba mug",
        "quantity": 1,
        "current_quantity": 1,
        "price": "24.00",
        "price_set": {"shop_money": {"amount": "24.00", "currency_code": "EUR"}},
    } | changes


def product(**changes: Any) -> dict[str, Any]:
    moment = datetime.now(UTC).isoformat()
    return {
        "id": 8001,
        "title": "Alba mug",
        "handle": "alba-mug",
        "status": "active",
        "published_at": moment,
        "updated_at": moment,
        "image": {"src": "https://cdn.example/alba-mug.jpg"},
        "images": [{"src": "https://cdn.example/alba-mug.jpg"}],
    } | changes


def variant(variant_id: int = 9101, **changes: Any) -> dict[str, Any]:
    return {
        "id": variant_id,
        "title": "Chalk",
        "sku": f"MUG-{variant_id}",
        "price": "24.00",
        "position": 1,
        "inventory_item_id": variant_id + 100,
    } | changes


def collection(**changes: Any) -> dict[str, Any]:
    moment = datetime.now(UTC).isoformat()
    return {"id": 7001, "title": "Morning", "handle": "morning", "updated_at": moment} | changes


def level(**changes: Any) -> dict[str, Any]:
    """How many of an item are where."""
    return {
        "inventory_item_id": 9201,
        "location_id": 6001,
        "available": 5,
        "updated_at": datetime.now(UTC).isoformat(),
    } | changes


def encoded(payload: object) -> bytes:
    return json.dumps(payload).encode()
