"""Brings webhooks to the app: in order per shop, with retries, within Shopify's time limits."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterable
from functools import cache

import httpx

from sandbox.shopify.options import Options
from sandbox.shopify.rudeness import Rudeness
from sandbox.shopify.state import moments
from sandbox.shopify.webhooks.deliveries import Attempt, Delivery
from sandbox.shopify.webhooks.forgeries import forged_copy

# Shopify spreads its eight retries over four hours; here the pauses are seconds.
PAUSES = (0.2, 0.4, 0.8, 1.5, 3.0, 5.0, 8.0, 12.0)
TIMEOUT = httpx.Timeout(5.0, connect=1.0)
GATHERING = 0.25
_tls = cache(
    httpx.create_ssl_context
)  # reading all authorities takes longer than a test's delivery


class Courier:
    """`history` holds the last 500 deliveries, newest last."""

    def __init__(
        self, options: Options, rudeness: Rudeness, pauses: tuple[float, ...] = PAUSES
    ) -> None:
        self.history: deque[Delivery] = deque(maxlen=500)
        self._app_url = options.app_url
        self._rudeness = rudeness
        self._pauses = pauses
        self._client = httpx.AsyncClient(verify=_tls(), timeout=TIMEOUT, trust_env=False)
        self.on_given_up: Callable[[Delivery], None] = lambda delivery: None
        self._queues: dict[str, asyncio.Queue[Delivery]] = {}
        self._tasks: list[asyncio.Task[None]] = []

    def send_later(self, deliveries: Iterable[Delivery]) -> None:
        """Queues them; one that fails holds back what its shop sends after it."""
        for delivery in deliveries:
            self.history.append(delivery)
            self._queue_of(delivery.shop).put_nowait(delivery)

    async def attempt(self, delivery: Delivery) -> Attempt:
        started = time.monotonic()
        at = moments.now()
        status, note = await self._post(delivery)
        attempt = Attempt(at, status, note, round((time.monotonic() - started) * 1000))
        delivery.attempts.append(attempt)
        return attempt

    async def settle(self, patience: float) -> bool:
        """Waits until nothing is under way; False when that took too long."""
        waiting = asyncio.gather(*(queue.join() for queue in self._queues.values()))
        try:
            await asyncio.wait_for(waiting, patience)
        except TimeoutError:
            return False
        return True

    def forget(self) -> None:
        """Drops what is still under way, and the history."""
        for task in self._tasks:
            task.cancel()
        self._tasks.clear()
        self._queues.clear()
        self.history.clear()

    async def close(self) -> None:
        tasks = list(self._tasks)
        self.forget()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._client.aclose()

    def _queue_of(self, shop: str) -> asyncio.Queue[Delivery]:
        if shop not in self._queues:
            self._queues[shop] = asyncio.Queue()
            self._tasks.append(asyncio.create_task(self._work(self._queues[shop])))
        return self._queues[shop]

    async def _work(self, queue: asyncio.Queue[Delivery]) -> None:
        while True:
            for delivery in await self._take(queue):
                await self._deliver(delivery)
                queue.task_done()

    async def _take(self, queue: asyncio.Queue[Delivery]) -> list[Delivery]:
        taken = [await queue.get()]
        if self._rudeness.reordering:
            await asyncio.sleep(GATHERING)
            while not queue.empty():
                taken.append(queue.get_nowait())
        return taken[::-1]

    async def _deliver(self, delivery: Delivery) -> None:
        if self._rudeness.bad_signatures:
            forgery = forged_copy(delivery)
            self.history.append(forgery)
            await self.attempt(forgery)
        for pause in (self._rudeness.delay_ms / 1000, *self._pauses):
            await asyncio.sleep(pause)
            if (await self.attempt(delivery)).is_accepted:
                break
        delivery.is_over = True
        if not delivery.is_accepted:
            self.on_given_up(delivery)
        if self._rudeness.duplicates:
            await self.attempt(delivery)

    async def _post(self, delivery: Delivery) -> tuple[int | None, str]:
        if not delivery.subscription.uri.startswith(f"{self._app_url}/"):
            return None, "not sent: the stand-in sends to the app only"
        try:
            answer = await self._client.post(
                delivery.subscription.uri, content=delivery.body, headers=delivery.headers
            )
        except httpx.TimeoutException:
            return None, "no answer in time"
        except httpx.HTTPError as error:
            return None, f"no connection ({type(error).__name__})"
        return answer.status_code, answer.text[:200]
