"""The parts of the stand-in, put together once."""

from typing import Any

from litestar.connection import ASGIConnection

from sandbox.shopify.admin_api.costs import Bucket
from sandbox.shopify.admin_api.tokens import Tokens
from sandbox.shopify.busyness import Busyness
from sandbox.shopify.deeds import Deeds
from sandbox.shopify.memory import Memory
from sandbox.shopify.merchants.app_users import AppUser
from sandbox.shopify.merchants.catalogue import Catalogue
from sandbox.shopify.merchants.consents import Consents
from sandbox.shopify.merchants.front_desk import FrontDesk
from sandbox.shopify.merchants.stock import Stock
from sandbox.shopify.options import Options
from sandbox.shopify.rudeness import Rudeness
from sandbox.shopify.state.world import World
from sandbox.shopify.tills import Till
from sandbox.shopify.webhooks.announcements import Announcer
from sandbox.shopify.webhooks.courier import PAUSES, Courier


class StandIn:
    def __init__(self, options: Options, pauses: tuple[float, ...] = PAUSES) -> None:
        self.options = options
        self.world = World(options)
        self.rudeness = Rudeness()
        self.tokens = Tokens(self.rudeness)
        self.courier = Courier(options, self.rudeness, pauses)
        self.announcer = Announcer(options, self.world, self.courier)
        self.till = Till(self.world, self.announcer)
        self.catalogue = Catalogue(self.world, self.announcer)
        self.consents = Consents(self.world, self.announcer, self.tokens)
        self.front_desk = FrontDesk(self.world, self.announcer)
        self.stock = Stock(self.announcer)
        self.memory = Memory(options.memory, self.world, self.tokens)
        self.app_user = AppUser(options)
        self.busyness = Busyness(self.world, self._deeds())
        self.id_tokens_given = 0
        self.api_calls = 0
        self._buckets: dict[str, Bucket] = {}

    def start_anew(self) -> None:
        """Everything but the app, which stays as it is installed, is as on the first day."""
        remembered = self.memory.take()
        self.reset()
        self.memory.give_back(remembered)

    def reset(self) -> None:
        """Forgets everything since the start, installations too; the app is not told."""
        self.busyness.stop()
        self.courier.forget()
        self.tokens.forget()
        self.world.reset()
        self._buckets.clear()
        self.be_rude(Rudeness())

    def be_rude(self, wanted: Rudeness) -> None:
        """In place: the parts share one `Rudeness`."""
        for name in Rudeness.__struct_fields__:
            setattr(self.rudeness, name, getattr(wanted, name))

    def bucket(self, shop: str) -> Bucket:
        return self._buckets.setdefault(shop, Bucket())

    def is_throttling(self) -> bool:
        """Every second Admin GraphQL call, while Shopify is rude in this way."""
        if not self.rudeness.throttling:
            return False
        self.api_calls += 1
        return self.api_calls % 2 == 1

    def _deeds(self) -> Deeds:
        return Deeds(
            self.world,
            self.till,
            self.front_desk,
            self.stock,
            self.catalogue,
            self.announcer,
            self.app_user,
        )

    async def close(self) -> None:
        self.memory.stop()
        self.busyness.stop()
        await self.courier.close()


def stand_in_of(connection: ASGIConnection[Any, Any, Any, Any]) -> StandIn:
    found: StandIn = connection.app.state.stand_in
    return found
