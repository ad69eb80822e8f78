import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import config
from app.errors import SettingInvalid

ROOT = Path(__file__).parents[1]
KEY = "k1:" + base64.b64encode(bytes(32)).decode()
GOOD = {
    "DATABASE_URL": "postgresql://earshot@localhost/earshot",
    "REDIS_URL": "redis://localhost:6379/0",
    "KAFKA_BOOTSTRAP_SERVERS": "localhost:9092",
    "SHOPIFY_API_KEY": "key",
    "SHOPIFY_API_SECRET": "the-secret",
    "SHOPIFY_SCOPES": "read_products,read_orders",
    "APP_BASE_URL": "https://earshot.example",
    "STREAM_BASE_URL": "https://stream.earshot.example",
    "ENCRYPTION_KEYS": KEY,
}


def test_shopifys_own_addresses_are_the_defaults() -> None:
    settings = config.read(GOOD)
    assert settings.shop_url("x.myshopify.com") == "https://x.myshopify.com"
    assert settings.shopify_admin_url == "https://admin.shopify.com"
    assert settings.app_bridge_url == "https://cdn.shopify.com/shopifycloud/app-bridge.js"


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_missing_setting_is_named(name: str) -> None:
    with pytest.raises(SettingInvalid, match=f"^{name} is not set"):
        config.read({key: value for key, value in GOOD.items() if key != name})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://localhost"),
        ("REDIS_URL", "localhost:6379"),
        ("KAFKA_BOOTSTRAP_SERVERS", "localhost"),
        ("KAFKA_BOOTSTRAP_SERVERS", ":9092"),
        ("APP_BASE_URL", "earshot.example"),
        ("APP_BASE_URL", "https://"),
        ("APP_BASE_URL", "https://[x"),
        ("APP_BASE_URL", "https://earshot.example:port"),
        ("STREAM_BASE_URL", "https://:443"),
        ("DATABASE_URL", "postgresql://earshot@one:5432,two:abc/earshot"),
        ("REDIS_URL", "redis://h:abc"),
        ("REDIS_URL", "redis://h:70000"),
        ("ENCRYPTION_KEYS", "k1:c2hvcnQ="),
        ("ENCRYPTION_KEYS", "no-key"),
        ("ENCRYPTION_KEYS", f"{KEY},"),
        ("SHOPIFY_SHOP_URL", "https://shop"),
        ("LOG_FORMAT", "xml"),
        ("SHOPIFY_WEBHOOKS", "both"),
    ],
)
def test_a_malformed_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingInvalid, match=f"^{name} ") as refused:
        config.read(GOOD | {name: value})
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://earshot:p:w@one:5432,two:5433/earshot"),
        ("DATABASE_URL", "postgresql:///earshot?host=/run/postgresql"),
        ("REDIS_URL", "unix:///run/redis.sock"),
        ("REDIS_URL", "redis://[::1]:6379/0"),
    ],
)
def test_an_unusual_address_is_taken(name: str, value: str) -> None:
    config.read(GOOD | {name: value})


def test_secrets_do_not_show() -> None:
    shown = repr(config.read(GOOD | {"SHOPIFY_API_SECRET_PREVIOUS": "the-old-secret"}))
    for secret in ("the-secret", "the-old-secret", "postgresql://", "redis://", "\\x00"):
        assert secret not in shown


def test_a_previous_secret_is_tried_after_the_current_one() -> None:
    settings = config.read(GOOD | {"SHOPIFY_API_SECRET_PREVIOUS": "the-old-secret"})
    assert settings.shopify_secrets == ("the-secret", "the-old-secret")


@pytest.mark.parametrize("command", [["web"], ["stream"], ["worker", "all"], ["migrate"]])
def test_a_missing_setting_stops_the_command_with_one_sentence(command: list[str]) -> None:
    environ = {key: value for key, value in os.environ.items() if key not in GOOD}
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", *command],
        env=environ,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.strip() == "DATABASE_URL is not set; .env.example says what it holds."
    assert done.stdout == ""


def test_every_setting_is_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text()
    source = (ROOT / "app" / "config.py").read_text()
    names = {part.split('"')[1] for part in source.split("reader.")[1:] if '"' in part}
    assert len(names) >= 15
    for name in names:
        assert f"\n{name}=" in f"\n{example}" or f"\n#{name}=" in f"\n{example}", name
