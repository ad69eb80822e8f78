"""Lists that webhooks do not bring, or only in part, one after the other until none is left.

Which are left is said by a mark on their product or collection, so that none is forgotten while
another is read.
"""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

import msgspec
import structlog

from app.data import collections, products, variants
from app.data.database import Connection
from app.domain import listings, progress
from app.domain.catalogue import Variant
from app.domain.jobs import Job
from app.domain.listings import Stretch
from app.domain.notifications import Notification
from app.domain.progress import Leftover
from app.doors import Doors
from app.errors import QueryRefused, QueryTooCostly
from app.services import asking
from app.services.sync.steps import Keep, Step, finished, going_on
from app.shopify import goods
from app.shopify.gids import gid
from app.shopify.queries import Page, Query

Item = TypeVar("Item")

log = structlog.get_logger()

# It is called when something is left; this is for what nobody called it for.
_PAUSE = timedelta(days=1)


class _List(msgspec.Struct, Generic[Item], frozen=True):
    """How to read one kind of list: where the next is, and what a page of it means."""

    find: Callable[[Connection, str, Iterable[int]], Awaitable[int | None]]
    query: Query[Page[Item] | None]
    owner: str
    kind: str
    id_of: Callable[[Item], int]
    keep: Callable[[Connection, str, int, list[Item], Stretch, datetime, datetime], Awaitable[None]]
    note_all: Callable[[Connection, str, int, datetime], Awaitable[None]]
    bury: Callable[[Connection, str, int, datetime], Awaitable[None]]


async def read_variants(doors: Doors, job: Job) -> Step:
    return await _work(doors, job, _VARIANTS)


async def read_members(doors: Doors, job: Job) -> Step:
    return await _work(doors, job, _MEMBERS)


async def _work(doors: Doors, job: Job, kind: _List[Item]) -> Step:
    now = doors.clock()
    at = progress.decode(job.progress, Leftover)
    of = at.of or await _next(doors, job.shop, kind, at.refused)
    if of is None:
        return finished(Leftover(done=at.done), _PAUSE, problem=at.problem)
    if at.of is None:
        at = msgspec.structs.replace(at, of=of, begun_at=now)
    return await _read(doors, job, kind, at, of, now)


async def _read(
    doors: Doors, job: Job, kind: _List[Item], at: Leftover, of: int, now: datetime
) -> Step:
    try:
        page = await asking.ask(
            doors, job.shop, kind.query, after=at.after, **{kind.owner: gid(kind.kind, of)}
        )
    except (QueryRefused, QueryTooCostly) as error:
        return going_on(_without(job.shop, kind, at, of, str(error)))
    if page is None:
        return going_on(_behind(at), _burying(kind, job.shop, of, now))
    return going_on(_past(at, page, kind), _keeping(kind, job.shop, at, page, now))


async def _next(doors: Doors, shop: str, kind: _List[Item], refused: Iterable[int]) -> int | None:
    async with doors.data.tenant(shop) as connection:
        return await kind.find(connection, shop, refused)


def _without(shop: str, kind: _List[Item], at: Leftover, of: int, reason: str) -> Leftover:
    """Its mark stays: it is tried again after the others, when something is left or after a day."""
    log.warning("list refused", shop=shop, kind=kind.kind, of=of, reason=reason)
    return Leftover(done=at.done, refused=(*at.refused, of), problem=reason)


def _behind(at: Leftover, done: int = 0) -> Leftover:
    """On to the next list."""
    return Leftover(done=at.done + done, refused=at.refused, problem=at.problem)


def _past(at: Leftover, page: Page[Item], kind: _List[Item]) -> Leftover:
    if page.after is None:
        return _behind(at, done=1)
    last_id = kind.id_of(page.items[-1]) if page.items else at.last_id
    return msgspec.structs.replace(at, after=page.after, last_id=last_id)


def _keeping(kind: _List[Item], shop: str, at: Leftover, page: Page[Item], now: datetime) -> Keep:
    of, begun_at = at.of or 0, at.begun_at or now
    ids = [kind.id_of(item) for item in page.items]
    stretch = listings.stretch(ids, at.last_id, is_last=page.after is None)

    async def keep(connection: Connection) -> list[Notification]:
        # Of a page that is not sorted, nothing is known to be missing: an empty stretch.
        here = stretch or Stretch(at.last_id, at.last_id)
        await kind.keep(connection, shop, of, page.items, here, begun_at, now)
        if page.after is None:
            await kind.note_all(connection, shop, of, begun_at)
        return []

    return keep


def _burying(kind: _List[Item], shop: str, of: int, now: datetime) -> Keep:
    async def keep(connection: Connection) -> list[Notification]:
        await kind.bury(connection, shop, of, now)
        return []

    return keep


async def _keep_variants(
    connection: Connection,
    shop: str,
    product: int,
    found: list[Variant],
    stretch: Stretch,
    begun_at: datetime,
    now: datetime,
) -> None:
    ids = [variant.id for variant in found]
    await variants.forget_missing(
        connection, shop, ids, stretch.after, stretch.until, begun_at, product=product
    )
    await variants.keep_all(connection, shop, ((product, each) for each in found), now)


async def _keep_members(
    connection: Connection,
    shop: str,
    collection: int,
    found: list[int],
    stretch: Stretch,
    begun_at: datetime,
    now: datetime,
) -> None:
    await collections.keep_members(connection, shop, collection, found, *stretch)


_VARIANTS = _List(
    find=products.lacking_variants,
    query=goods.VARIANTS_OF_PRODUCT,
    owner="product",
    kind="Product",
    id_of=lambda variant: variant.id,
    keep=_keep_variants,
    note_all=products.note_all_variants,
    bury=products.bury,
)
_MEMBERS = _List(
    find=collections.lacking_members,
    query=goods.MEMBERS,
    owner="collection",
    kind="Collection",
    id_of=lambda product_id: product_id,
    keep=_keep_members,
    note_all=collections.note_all_members,
    bury=collections.bury,
)
