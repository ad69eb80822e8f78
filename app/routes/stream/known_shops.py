"""Whether a shop has Earshot, remembered for a few seconds."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from app.errors import DataUnavailable, DoorUnavailable

ShopIsKnown = Callable[[str], Awaitable[bool]]

_PATIENCE = 3.0
_QUESTIONS_AT_ONCE = 8


class KnownShops:
    """Asks once for all who want to know; the oldest answers are forgotten first."""

    def __init__(self, ask: ShopIsKnown, seconds: float = 5.0, size: int = 10_000) -> None:
        self._ask = ask
        self._seconds = seconds
        self._size = size
        self._answers: OrderedDict[str, tuple[bool, float]] = OrderedDict()
        self._questions: dict[str, asyncio.Task[bool]] = {}
        self._turns = asyncio.Semaphore(_QUESTIONS_AT_ONCE)

    def remembered(self, shop: str) -> bool | None:
        """None when it is not known, or not freshly enough."""
        answer = self._answers.get(shop)
        return answer[0] if answer and time.monotonic() - answer[1] < self._seconds else None

    def forget(self, shop: str) -> None:
        """It is asked about anew."""
        self._answers.pop(shop, None)

    async def is_known(self, shop: str) -> bool:
        """An old answer serves while Postgres is away; without one, raises DoorUnavailable."""
        question = self._questions.get(shop)
        if question is None:
            question = self._questions[shop] = asyncio.create_task(self._find_out(shop))
            question.add_done_callback(lambda _: self._questions.pop(shop, None))
        try:
            return await asyncio.shield(question)
        except DoorUnavailable:
            if (answer := self._answers.get(shop)) is None:
                raise
            self._remember(shop, answer[0])
            return answer[0]

    async def close(self) -> None:
        """Nobody is asked any more, and nobody waits for an answer."""
        questions = tuple(self._questions.values())
        for question in questions:
            question.cancel()
        await asyncio.gather(*questions, return_exceptions=True)

    async def _find_out(self, shop: str) -> bool:
        try:
            async with asyncio.timeout(_PATIENCE), self._turns:
                known = await self._ask(shop)
        except TimeoutError as error:
            raise DataUnavailable("no answer in time") from error
        self._remember(shop, known)
        return known

    def _remember(self, shop: str, known: bool) -> None:
        self._answers[shop] = (known, time.monotonic())
        self._answers.move_to_end(shop)
        if len(self._answers) > self._size:
            self._answers.popitem(last=False)
