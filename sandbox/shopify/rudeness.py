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
    tokens_expire_after_ms: Annotated[int, msgspec.Meta(ge=0, le=60_000)] = 0
    """The app refuses ID tokens this long after they were handed out, to the next whole second;
    App Bridge believes that they live a minute. 0 for a minute."""
    next_id_tokens_stale: Annotated[int, msgspec.Meta(ge=0, le=1_000)] = 0
    """So many ID tokens to come are stale, also those for a retry."""
    api_delay_ms: Annotated[int, msgspec.Meta(ge=0, le=60_000)] = 0
    """The Admin API and the token endpoint hang this long before they answer."""
    frozen: bool = False
    """The Admin API answers 402: the shop has not paid."""
    locked: bool = False
    """The Admin API answers 423: the shop is locked."""
