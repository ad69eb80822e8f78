"""Every setting of Earshot, read once from the environment and handed down."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from app.errors import SettingInvalid


@dataclass(frozen=True)
class Settings:
    """What an operator decides. Secrets do not show in its repr."""

    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    kafka_bootstrap_servers: str
    kafka_topic_prefix: str
    shopify_api_key: str
    shopify_api_secret: str = field(repr=False)
    shopify_api_secret_previous: str | None = field(repr=False)
    shopify_api_version: str
    shopify_scopes: tuple[str, ...]
    shopify_webhooks: str
    app_base_url: str
    stream_base_url: str
    encryption_keys: tuple[tuple[str, bytes], ...] = field(repr=False)
    shopify_shop_url: str
    shopify_admin_url: str
    app_bridge_url: str
    log_format: str

    @property
    def shopify_secrets(self) -> tuple[str, ...]:
        """The current secret first; after a rotation Shopify still signs with the old one."""
        secrets = (self.shopify_api_secret, self.shopify_api_secret_previous)
        return tuple(secret for secret in secrets if secret)

    def shop_url(self, shop: str) -> str:
        return self.shopify_shop_url.replace("{shop}", shop)


def read(environ: Mapping[str, str]) -> Settings:
    """Settings from environment variables; raises SettingInvalid naming the first bad one."""
    reader = _Reader(environ)
    return Settings(
        database_url=reader.url("DATABASE_URL", "postgresql", "postgres"),
        redis_url=reader.url("REDIS_URL", "redis", "rediss", "unix"),
        kafka_bootstrap_servers=reader.servers("KAFKA_BOOTSTRAP_SERVERS"),
        kafka_topic_prefix=reader.text("KAFKA_TOPIC_PREFIX", default=""),
        shopify_api_key=reader.text("SHOPIFY_API_KEY"),
        shopify_api_secret=reader.text("SHOPIFY_API_SECRET"),
        shopify_api_secret_previous=reader.text("SHOPIFY_API_SECRET_PREVIOUS", default="") or None,
        shopify_api_version=reader.text("SHOPIFY_API_VERSION", default="2026-10"),
        shopify_scopes=reader.words("SHOPIFY_SCOPES"),
        shopify_webhooks=reader.one_of("SHOPIFY_WEBHOOKS", ("manifest", "api"), default="manifest"),
        app_base_url=reader.url("APP_BASE_URL", "https", "http"),
        stream_base_url=reader.url("STREAM_BASE_URL", "https", "http"),
        encryption_keys=reader.keys("ENCRYPTION_KEYS"),
        shopify_shop_url=reader.shop_url("SHOPIFY_SHOP_URL", default="https://{shop}"),
        shopify_admin_url=reader.url(
            "SHOPIFY_ADMIN_URL", "https", "http", default="https://admin.shopify.com"
        ),
        app_bridge_url=reader.url(
            "APP_BRIDGE_URL",
            "https",
            "http",
            default="https://cdn.shopify.com/shopifycloud/app-bridge.js",
        ),
        log_format=reader.one_of("LOG_FORMAT", ("console", "json"), default="console"),
    )


class _Reader:
    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def text(self, name: str, *, default: str | None = None) -> str:
        value = self._environ.get(name, "").strip()
        if value:
            return value
        if default is None:
            raise SettingInvalid(f"{name} is not set; .env.example says what it holds.")
        return default

    def url(self, name: str, *schemes: str, default: str | None = None) -> str:
        value = self.text(name, default=default)
        parts = _split(name, value)
        if parts.scheme not in schemes:
            raise SettingInvalid(f"{name} must start with {' or '.join(schemes)}://.")
        if parts.scheme in ("http", "https") and not parts.hostname:
            raise SettingInvalid(f"{name} names no host.")
        return value.rstrip("/")

    def shop_url(self, name: str, *, default: str) -> str:
        value = self.url(name, "https", "http", default=default)
        if "{shop}" not in value:
            raise SettingInvalid(f"{name} must have {{shop}} where the shop's domain goes.")
        return value

    def servers(self, name: str) -> str:
        value = self.text(name)
        for server in value.split(","):
            host, _, port = server.strip().rpartition(":")
            if not host or not port.isdigit():
                raise SettingInvalid(f"{name} must be host:port, comma separated.")
        return value

    def words(self, name: str) -> tuple[str, ...]:
        value = self.text(name)
        return tuple(word.strip() for word in value.split(",") if word.strip())

    def one_of(self, name: str, allowed: tuple[str, ...], *, default: str) -> str:
        value = self.text(name, default=default)
        if value not in allowed:
            raise SettingInvalid(f"{name} must be {' or '.join(allowed)}.")
        return value

    def keys(self, name: str) -> tuple[tuple[str, bytes], ...]:
        """`id:base64 of 32 bytes`, comma separated, newest first."""
        return tuple(self._key(name, entry.strip()) for entry in self.text(name).split(","))

    def _key(self, name: str, entry: str) -> tuple[str, bytes]:
        key_id, separator, encoded = entry.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            key = b""
        if not key_id or not separator or len(key) != 32:
            raise SettingInvalid(f"{name} must hold id:key pairs, each key 32 bytes in base64.")
        return key_id, key


def _split(name: str, value: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        # Postgres takes several hosts, each with a port of its own.
        for host in parts.netloc.rpartition("@")[2].split(","):
            _ = urlsplit(f"//{host}").port
    except ValueError as error:
        raise SettingInvalid(f"{name} is no address: its host or port is malformed.") from error
    return parts
