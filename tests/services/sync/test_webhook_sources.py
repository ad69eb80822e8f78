"""Webhooks from one source, against the stand-in."""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app.domain import jobs, progress
from app.domain.deliveries import Receipt
from app.domain.progress import Sources
from app.services.intake import Intake
from app.shopify import topics, webhooks
from app.shopify.subscriptions import enum_of
from sandbox.shopify.stand_in import StandIn
from sandbox.shopify.state.subscriptions import Subscription
from tests.cast import ALBA, BOREALIS, encoded, order, webhook_headers
from tests.services.sync.conftest import Work

OURS = "https://earshot.example/webhooks/shopify"


@pytest.fixture
async def by_api(work: Work) -> Work:
    work.doors = replace(work.doors, settings=replace(work.doors.settings, shopify_webhooks="api"))
    await work.only(jobs.WEBHOOKS)
    return work


@pytest.fixture
async def by_manifest(work: Work) -> Work:
    await work.only(jobs.WEBHOOKS)
    return work


def _made(stand_in: StandIn, shop: str = ALBA) -> list[Subscription]:
    installation = stand_in.world.shop(shop).installation
    assert installation is not None
    return installation.subscriptions


def _order_webhook(stand_in: StandIn, topic: str = "orders/create", uri: str = OURS) -> None:
    now = datetime.now().astimezone()
    number = stand_in.world.ids.next()
    _made(stand_in).append(Subscription(topic, uri, number, created_at=now, updated_at=now))


async def _sources(work: Work) -> Sources:
    return progress.decode((await work.state())[jobs.WEBHOOKS].progress, Sources)


async def _receive(work: Work, number: int, *, event: str, times: int) -> None:
    """One event under as many webhook ids."""
    body = encoded(order(number))
    intake = Intake(work.doors.data)
    for _ in range(times):
        headers = webhook_headers(body, "orders/create") | {"X-Shopify-Event-Id": event}
        lowered = {name.lower(): value for name, value in headers.items()}
        assert await intake.accept(webhooks.parse(lowered, body)) is Receipt.STORED
    await intake.close()


async def test_all_topics_are_ordered_at_installation(by_api: Work, stand_in: StandIn) -> None:
    await by_api.off()
    made = _made(stand_in)
    assert sorted(each.topic for each in made) == sorted(topics.SUBSCRIBED)
    assert {each.uri for each in made} == {OURS}
    assert not set(topics.COMPLIANCE) & {each.topic for each in made}
    assert _made(stand_in, BOREALIS) == []


async def test_one_that_was_lost_is_ordered_again_within_the_hour(
    by_api: Work, stand_in: StandIn
) -> None:
    await by_api.off()
    lost = _made(stand_in).pop()
    by_api.later(hours=1, seconds=1)
    await by_api.off()
    assert lost.topic in {each.topic for each in _made(stand_in)}
    assert len(_made(stand_in)) == len(topics.SUBSCRIBED)


async def test_with_a_manifest_what_the_api_made_for_us_is_removed(
    by_manifest: Work, stand_in: StandIn
) -> None:
    _order_webhook(stand_in)
    _order_webhook(stand_in, "orders/paid", uri="https://somebody.example/else")
    await by_manifest.off()
    assert [each.uri for each in _made(stand_in)] == ["https://somebody.example/else"]


async def test_a_topic_from_both_sources_is_left_to_the_manifest(
    by_api: Work, stand_in: StandIn
) -> None:
    await by_api.off()
    await _receive(by_api, 1, event=str(uuid.uuid4()), times=2)
    by_api.later(hours=1, seconds=1)
    await by_api.off()
    assert (await _sources(by_api)).from_manifest == ("orders/create",)
    assert "orders/create" not in {each.topic for each in _made(stand_in)}
    by_api.later(hours=1, seconds=1)
    await by_api.off()
    assert "orders/create" not in {each.topic for each in _made(stand_in)}


async def test_one_action_on_several_things_is_no_second_source(
    by_api: Work, stand_in: StandIn
) -> None:
    await by_api.off()
    event = str(uuid.uuid4())
    for number in (1, 2, 3):
        await _receive(by_api, number, event=event, times=1)
    by_api.later(hours=1, seconds=1)
    await by_api.off()
    assert (await _sources(by_api)).from_manifest == ()
    assert "orders/create" in {each.topic for each in _made(stand_in)}


async def test_a_manifest_that_falls_silent_is_replaced(by_api: Work, stand_in: StandIn) -> None:
    await by_api.off()
    await _receive(by_api, 1, event=str(uuid.uuid4()), times=2)
    by_api.later(hours=1, seconds=1)
    await by_api.off()
    _sell(by_api, stand_in)
    by_api.later(hours=1, seconds=1)
    await by_api.off()
    sources = await _sources(by_api)
    assert sources.from_manifest == ()
    assert set(sources.silent) == {"orders/create"}
    assert "orders/create" in {each.topic for each in _made(stand_in)}


async def test_an_order_that_nobody_told_of_makes_its_topic_silent(
    by_manifest: Work, stand_in: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    await by_manifest.off()
    assert (await _sources(by_manifest)).silent == {}
    by_manifest.later(hours=1, seconds=1)
    placed_at = _sell(by_manifest, stand_in)
    await by_manifest.off()
    assert (await _sources(by_manifest)).silent == {}  # it may be on its way
    by_manifest.later(hours=1, seconds=1)
    await by_manifest.off()
    assert (await _sources(by_manifest)).silent == {"orders/create": placed_at}
    await _receive(by_manifest, 1, event=str(uuid.uuid4()), times=1)
    async with by_manifest.doors.data.system() as connection:
        await connection.execute("UPDATE deliveries SET received_at = $1", placed_at)
    by_manifest.later(hours=1, seconds=1)
    await by_manifest.off()
    assert (await _sources(by_manifest)).silent == {}


async def test_a_shop_that_hides_its_orders_is_not_called_silent(
    by_manifest: Work, stand_in: StandIn
) -> None:
    installation = stand_in.world.shop(ALBA).installation
    assert installation is not None
    installation.scopes = ("read_products",)
    await by_manifest.off()
    job = (await by_manifest.state())[jobs.WEBHOOKS]
    assert job.problem is None
    assert (await _sources(by_manifest)).silent == {}


async def test_a_topic_that_shopify_refuses_keeps_no_other_from_being_ordered(
    by_api: Work, stand_in: StandIn
) -> None:
    installation = stand_in.world.shop(ALBA).installation
    assert installation is not None
    installation.scopes = ("read_products",)
    await by_api.off()
    job = (await by_api.state())[jobs.WEBHOOKS]
    assert job.problem is not None
    assert enum_of("orders/create") in job.problem
    assert "products/update" in {each.topic for each in _made(stand_in)}


def _sell(work: Work, stand_in: StandIn) -> datetime:
    """An order whose webhooks are lost, at the hour of the test; when it was placed."""
    shop = stand_in.world.shop(ALBA)
    mug = stand_in.world.product(ALBA, "alba-mug")
    stand_in.world.app.muted |= {"orders/create", "orders/paid", "orders/updated"}
    buyer = stand_in.world.customers(ALBA)[0]
    placed = stand_in.till.place(shop, buyer, [(mug, mug.variants[0], 1)])
    placed.created_at = (work.doors.clock() - timedelta(seconds=1)).replace(microsecond=0)
    return placed.created_at
