"""Where webhooks are ordered: in the app's manifest or by the Admin API, never in both."""

import msgspec


class Subscription(msgspec.Struct, frozen=True):
    """One made by the Admin API; `topic` in GraphQL's spelling, `ORDERS_CREATE`."""

    id: str
    topic: str
    uri: str
