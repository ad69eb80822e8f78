"""What Shopify is told, against what the app listens to."""

import tomllib
from pathlib import Path

from app.shopify import topics

MANIFEST = tomllib.loads((Path(__file__).parents[1] / "shopify.app.toml").read_text())


def _declared() -> list[str]:
    return [
        topic
        for subscription in MANIFEST["webhooks"]["subscriptions"]
        for topic in subscription.get("topics", []) + subscription.get("compliance_topics", [])
    ]


def test_every_declared_topic_is_heard_and_every_heard_one_declared() -> None:
    assert sorted(_declared()) == sorted(topics.HEARD)


def test_every_topic_comes_to_the_one_door() -> None:
    for subscription in MANIFEST["webhooks"]["subscriptions"]:
        assert subscription["uri"] == "/webhooks/shopify"
