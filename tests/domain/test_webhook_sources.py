"""One source of webhooks, and topics that fall silent."""

from datetime import UTC, datetime, timedelta

from app.domain import webhook_sources
from app.domain.webhook_sources import Subscription

OURS = "https://earshot.example/webhooks/shopify"
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
AN_HOUR = timedelta(hours=1)
INSTALLED = NOW - 24 * AN_HOUR
WANTED = ["ORDERS_CREATE", "PRODUCTS_UPDATE"]


def _made(number: int, topic: str, uri: str = OURS) -> Subscription:
    return Subscription(f"gid://shopify/WebhookSubscription/{number}", topic, uri)


def test_what_is_missing_is_ordered_and_what_is_there_stays() -> None:
    changes = webhook_sources.changes(WANTED, [_made(1, "ORDERS_CREATE")], OURS, set())
    assert (changes.order, changes.cancel) == (["PRODUCTS_UPDATE"], [])


def test_what_nobody_wants_and_what_is_there_twice_is_cancelled() -> None:
    found = [_made(1, "ORDERS_CREATE"), _made(2, "ORDERS_CREATE"), _made(3, "CARTS_CREATE")]
    changes = webhook_sources.changes(WANTED, found, OURS, set())
    assert changes.cancel == found[1:]


def test_where_the_manifest_is_the_source_all_of_ours_are_cancelled() -> None:
    found = [_made(1, "ORDERS_CREATE"), _made(2, "PRODUCTS_UPDATE")]
    changes = webhook_sources.changes([], found, OURS, set())
    assert (changes.order, changes.cancel) == ([], found)


def test_subscriptions_to_other_addresses_are_somebody_elses() -> None:
    found = [_made(1, "ORDERS_CREATE", "pubsub://project:topic")]
    changes = webhook_sources.changes(WANTED, found, OURS, set())
    assert (changes.order, changes.cancel) == (WANTED, [])


def test_a_topic_that_the_manifest_brings_is_left_to_it() -> None:
    found = [_made(1, "ORDERS_CREATE")]
    changes = webhook_sources.changes(WANTED, found, OURS, {"ORDERS_CREATE"})
    assert (changes.order, changes.cancel) == (["PRODUCTS_UPDATE"], found)


def _silent(news: datetime | None, heard: datetime | None) -> bool:
    known = {} if heard is None else {"orders/create": heard}
    return bool(webhook_sources.silent({"orders/create": news}, known, INSTALLED, NOW))


def test_news_that_never_came_make_a_topic_silent() -> None:
    assert _silent(NOW - AN_HOUR, NOW - 2 * AN_HOUR)
    assert _silent(NOW - AN_HOUR, None)


def test_news_that_came_or_may_still_come_do_not() -> None:
    assert not _silent(NOW - AN_HOUR, NOW - AN_HOUR)
    assert not _silent(NOW - timedelta(minutes=5), NOW - AN_HOUR)
    assert not _silent(None, None)


def test_news_from_before_the_installation_were_never_sent() -> None:
    assert not _silent(INSTALLED - AN_HOUR, None)


def test_clocks_may_differ_a_little() -> None:
    assert not _silent(NOW - AN_HOUR + timedelta(seconds=30), NOW - AN_HOUR)
