"""Opens and closes the doors, so that what is opened is closed, whatever happens."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from app.config import Settings
from app.data.database import Database, open_database
from app.data.sealing import Vault
from app.live import door as live_door
from app.live.door import Live
from app.shopify.door import Shopify


@dataclass(frozen=True)
class Doors:
    """What services need of the world outside; `clock` gives aware UTC times."""

    settings: Settings
    data: Database
    live: Live
    shopify: Shopify
    vault: Vault
    clock: Callable[[], datetime]


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Doors]:
    """Raises what opening a door raises; Redis may be away, it is reached when it is needed."""
    # The stack closes them all, also when opening the next or closing the last one fails.
    async with AsyncExitStack() as stack:
        database = await open_database(settings.database_url)
        stack.push_async_callback(database.close)
        live = await live_door.open(settings.redis_url)
        stack.push_async_callback(live.close)
        shopify = Shopify(settings)
        stack.push_async_callback(shopify.close)
        yield Doors(
            settings,
            database,
            live,
            shopify,
            Vault(settings.encryption_keys),
            clock=lambda: datetime.now(UTC),
        )
