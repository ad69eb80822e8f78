"""How Shopify misbehaves on request."""

from typing import Annotated

import msgspec


class Rudeness(msgspec.Struct, forbid_unknown_fields=True):
    """All off from the start; each is switched on at `/_control/rude`."""

    duplicates: bool = False
    """Every webhook comes twice, with the same webhook id."""
    reordering: bool = False
    """Webhooks gather for a moment and leave in the wrong order."""
    delay_ms: Annotated[int, msgspec.Meta(ge=0, le=60_000)] = 0
    """Each webhook waits this long before it is sent."""
    bad_signatures: bool = False
    """Each webhook is preceded by a forged one, signed with another secret."""
    throttling: bool = False
    """Every second Admin GraphQL call is throttled."""
    server_errors: bool = False
    """Every second Admin API or token call answers 503."""
    expired_tokens: bool = False
    """Every second ID token and every access token older than two seconds is stale."""
