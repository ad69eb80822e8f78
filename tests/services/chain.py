"""A shop's chain by hand, one step at a time: intake, relay, Kafka, notify."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.domain.deliveries import Receipt
from app.domain.frames import Message
from app.domain.positions import Position
from app.doors import Doors
from app.eventlog.following import Follower, Record
from app.eventlog.producing import Producer
from app.services import lifecycle, parting, relaying, settling
from app.services.intake import Intake
from app.shopify import webhooks
from app.shopify.id_tokens import Merchant
from app.workers import notify
from tests.cast import ALBA, ANA, encoded, webhook_headers


@dataclass
class Chain:
    doors: Doors
    intake: Intake
    producer: Producer
    follower: Follower
    logged: list[bytes] = field(default_factory=list)  # what was read of Kafka

    async def install(self, shop: str = ALBA) -> None:
        now = self.doors.clock()
        await lifecycle.install(self.doors.data, Merchant(shop, ANA, now), now)

    async def receive(
        self,
        topic: str,
        payload: Any,
        shop: str = ALBA,
        webhook_id: str | None = None,
        said_at: datetime | None = None,
    ) -> Receipt:
        """Through the door: `payload` as JSON, or as it is when it is bytes."""
        body = payload if isinstance(payload, bytes) else encoded(payload)
        headers = {
            name.lower(): value
            for name, value in webhook_headers(body, topic, shop, webhook_id).items()
        }
        if said_at is not None:
            headers["x-shopify-triggered-at"] = said_at.isoformat()
        return await self.intake.accept(webhooks.parse(headers, body))

    async def relay(self) -> int:
        """All that is in the inbox; how many deliveries were passed."""
        passed = 0
        while True:
            progress = await relaying.relay(self.doors.data, self.producer, self.doors.clock())
            passed += progress.passed
            if not progress.more:
                break
        await self.settle()
        return passed

    async def settle(self) -> None:
        """What concerns installations, Redis included."""
        await settling.settle(self.doors.data, self.doors.clock())
        await parting.part(self.doors.data, self.doors.live, self.doors.clock())

    async def notify(self, expected: int) -> None:
        """Works off `expected` events from Kafka, as the worker would."""
        for record in await self.events(expected):
            await notify.handle(record, self.doors)

    async def events(self, expected: int) -> list[Record]:
        """The next `expected` events in the log."""
        found: list[Record] = []
        async with asyncio.timeout(20):
            while len(found) < expected:
                for place, records in (await self.follower.fetch(expected)).items():
                    await self.follower.commit(place, records[-1].offset + 1)
                    found += records
        self.logged += [record.value for record in found]
        return found

    async def tell(
        self, topic: str, payload: Any, shop: str = ALBA, said_at: datetime | None = None
    ) -> None:
        """One delivery, from the door to open pages."""
        await self.receive(topic, payload, shop, said_at=said_at)
        await self.notify(await self.relay())

    async def heard(self, shop: str = ALBA) -> list[Message]:
        """What open pages of the shop have been told so far."""
        tip = await self.doors.live.position(shop)
        messages = await self.doors.live.replay(shop, Position(tip.epoch, 0))
        assert messages is not None
        return messages

    async def heard_since_reset(self, shop: str = ALBA) -> list[Message]:
        """The same after the shop's past was forgotten: its new epoch begins with the reset."""
        tip = await self.doors.live.position(shop)
        messages = await self.doors.live.replay(shop, Position(tip.epoch, 1))
        assert messages is not None
        return messages
