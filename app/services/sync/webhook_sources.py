"""Keeps webhooks coming from one source, and notices when one of them stops."""

from datetime import datetime, timedelta

import structlog

from app import telemetry
from app.data import deliveries, shops
from app.domain import progress, webhook_sources
from app.domain.jobs import Job
from app.domain.progress import Sources
from app.domain.webhook_sources import Changes, Subscription
from app.doors import Doors
from app.errors import ChangeRefused, ScopeMissing
from app.services import asking
from app.services.sync.steps import Step, finished
from app.shopify import topics
from app.shopify.newest import NEWEST_ORDER, NEWEST_PRODUCT
from app.shopify.queries import Query
from app.shopify.subscriptions import SUBSCRIBE, SUBSCRIPTIONS, UNSUBSCRIBE, enum_of

log = structlog.get_logger()

_PAUSE = timedelta(hours=1)
_LOOK_BACK = timedelta(hours=1)
_PATH = "/webhooks/shopify"

# What tells of news in a shop, by the topic that should have brought it.
_NEWS: dict[str, Query[datetime | None]] = {
    "orders/create": NEWEST_ORDER,
    "products/update": NEWEST_PRODUCT,
}
# A new product is news of both.
_BRINGERS = {
    "orders/create": ("orders/create",),
    "products/update": ("products/update", "products/create"),
}


async def step(doors: Doors, job: Job) -> Step:
    now = doors.clock()
    before = progress.decode(job.progress, Sources)
    silent = await _silent(doors, job.shop, now)
    doubled = await _doubled(doors, job.shop, before.looked_at or now - _LOOK_BACK)
    from_manifest = (set(before.from_manifest) | set(doubled)) - silent.keys()
    changes = webhook_sources.changes(
        _wanted(doors),
        await _found(doors, job.shop),
        _address(doors),
        {enum_of(topic) for topic in from_manifest},
    )
    problems = await _make(doors, job.shop, changes)
    _tell(job.shop, silent, doubled)
    at = Sources(tuple(sorted(from_manifest)), silent, looked_at=now)
    return finished(at, _PAUSE, problem=" ".join(problems) or None)


async def _silent(doors: Doors, shop: str, now: datetime) -> dict[str, datetime]:
    news = {topic: await _newest(doors, shop, query) for topic, query in _NEWS.items()}
    async with doors.data.tenant(shop) as connection:
        heard = {
            topic: max(came)
            for topic, bringers in _BRINGERS.items()
            if (came := await deliveries.newest_of(connection, shop, bringers))
        }
        installed_at = await shops.installed_at(connection, shop)
    return webhook_sources.silent(news, heard, installed_at, now)


async def _newest(doors: Doors, shop: str, query: Query[datetime | None]) -> datetime | None:
    """None also where the merchant does not let us look."""
    try:
        return await asking.ask(doors, shop, query)
    except ScopeMissing:
        return None


async def _doubled(doors: Doors, shop: str, since: datetime) -> list[str]:
    """The topics that come from both sources."""
    async with doors.data.tenant(shop) as connection:
        return await deliveries.doubled(connection, shop, topics.SUBSCRIBED, since)


async def _found(doors: Doors, shop: str) -> list[Subscription]:
    found: list[Subscription] = []
    after: str | None = None
    while True:
        page = await asking.ask(doors, shop, SUBSCRIPTIONS, after=after)
        found += page.items
        if (after := page.after) is None:
            return found


async def _make(doors: Doors, shop: str, changes: Changes) -> list[str]:
    """One that is refused does not keep the others from being made; what Shopify says of them."""
    problems = []
    for topic in changes.order:
        subscription = {"uri": _address(doors), "format": "JSON"}
        try:
            await asking.ask(doors, shop, SUBSCRIBE, topic=topic, subscription=subscription)
            log.info("webhook ordered", shop=shop, topic=topic)
        except ChangeRefused as error:
            problems.append(f"{topic}: {error}")
    for surplus in changes.cancel:
        try:
            await asking.ask(doors, shop, UNSUBSCRIBE, id=surplus.id)
            log.info("webhook cancelled", shop=shop, topic=surplus.topic)
        except ChangeRefused as error:
            problems.append(f"{surplus.topic}: {error}")
    return problems


def _wanted(doors: Doors) -> list[str]:
    """Nothing, where the manifest is deployed."""
    by_api = doors.settings.shopify_webhooks == "api"
    return [enum_of(topic) for topic in topics.SUBSCRIBED] if by_api else []


def _tell(shop: str, silent: dict[str, datetime], doubled: list[str]) -> None:
    for topic, moment in silent.items():
        telemetry.TOPICS_SILENT.labels(topic).inc()
        log.warning("webhooks silent", shop=shop, topic=topic, news_of=moment.isoformat())
    for topic in doubled:
        log.warning("webhooks come twice", shop=shop, topic=topic)


def _address(doors: Doors) -> str:
    return doors.settings.app_base_url + _PATH
