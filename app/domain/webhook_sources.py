"""Where webhooks are ordered: in the app's manifest or by the Admin API, never in both. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

# How long a webhook may be on its way before its topic counts as silent.
_PATIENCE = timedelta(minutes=10)
# Shopify's clock may be ahead of ours.
_SLACK = timedelta(minutes=1)


class Subscription(msgspec.Struct, frozen=True):
    """One made by the Admin API; `topic` in GraphQL's spelling, `ORDERS_CREATE`."""

    id: str
    topic: str
    uri: str


class Changes(msgspec.Struct, frozen=True):
    """What to order, by topic in GraphQL's spelling, and what to cancel."""

    order: list[str]
    cancel: list[Subscription]


def changes(
    wanted: Sequence[str],
    found: Iterable[Subscription],
    address: str,
    from_manifest: Collection[str],
) -> Changes:
    """What makes the Admin API the source of all that is `wanted` of it, at our address, once each.

    Topics that the manifest turned out to bring are left to it. Subscriptions to other addresses
    are somebody else's.
    """
    missing = {topic for topic in wanted if topic not in from_manifest}
    surplus = []
    for subscription in (each for each in found if each.uri == address):
        if subscription.topic in missing:
            missing.discard(subscription.topic)
        else:
            surplus.append(subscription)
    return Changes([topic for topic in wanted if topic in missing], surplus)


def silent(
    news: Mapping[str, datetime | None],
    heard: Mapping[str, datetime],
    installed_at: datetime,
    now: datetime,
) -> dict[str, datetime]:
    """The topics that Shopify has news of, and long enough, without having sent them.

    `heard` has when the newest delivery of each topic came in.
    """
    return {
        topic: moment
        for topic, moment in news.items()
        if moment is not None
        and moment < now - _PATIENCE
        and moment > max(heard.get(topic, installed_at), installed_at) + _SLACK
    }
