"""What things are called in Redis."""

_NOTIFICATIONS = "notifications:"


def channel(shop: str) -> str:
    return _NOTIFICATIONS + shop


def shop_of(channel: bytes) -> str:
    return channel.decode().removeprefix(_NOTIFICATIONS)


def previews(shop: str) -> str:
    """What one merchant tries out. No process that serves storefronts ever listens to it."""
    return f"previews:{shop}"


def recent(shop: str) -> str:
    return f"recent:{shop}"


def position(shop: str) -> str:
    return f"position:{shop}"


def said(shop: str, word: str) -> str:
    return f"said:{shop}:{word}"


def widgets(shop: str) -> str:
    return f"widgets:{shop}"


def alive(process: str) -> str:
    return f"alive:{process}"


def published(shop: str, identity: str) -> str:
    return f"published:{shop}:{identity}"
