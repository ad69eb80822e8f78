"""The app in processes of its own, beside the tests."""

import base64

from app.config import Settings


def environ_of(settings: Settings) -> dict[str, str]:
    """The environment that these settings are read from."""
    keys = (f"{name}:{base64.b64encode(key).decode()}" for name, key in settings.encryption_keys)
    return {
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "KAFKA_BOOTSTRAP_SERVERS": settings.kafka_bootstrap_servers,
        "KAFKA_TOPIC_PREFIX": settings.kafka_topic_prefix,
        "SHOPIFY_API_KEY": settings.shopify_api_key,
        "SHOPIFY_API_SECRET": settings.shopify_api_secret,
        "SHOPIFY_API_VERSION": settings.shopify_api_version,
        "SHOPIFY_SCOPES": ",".join(settings.shopify_scopes),
        "SHOPIFY_WEBHOOKS": settings.shopify_webhooks,
        "SHOPIFY_SHOP_URL": settings.shopify_shop_url,
        "SHOPIFY_ADMIN_URL": settings.shopify_admin_url,
        "APP_BRIDGE_URL": settings.app_bridge_url,
        "APP_BASE_URL": settings.app_base_url,
        "STREAM_BASE_URL": settings.stream_base_url,
        "ENCRYPTION_KEYS": ",".join(keys),
    }
