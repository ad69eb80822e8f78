"""Messages in: one connection per process, one subscription per shop, nothing missed or doubled.

One task reads and is the only one that dispatches, so a shop's messages stay in order. Redis does
not keep what it published; so after every (re)connection, and whenever a number was skipped, the
shop is read again from the last position that was dispatched.
"""

import asyncio
import contextlib
from collections.abc import Callable
from itertools import groupby
from operator import itemgetter

import structlog
from prometheus_client import Counter
from redis.asyncio.connection import AbstractConnection, ConnectionPool
from redis.exceptions import RedisError

from app.domain import frames
from app.domain.frames import Message
from app.domain.positions import Position
from app.live import names
from app.live.pauses import Pauses
from app.live.replays import Replays

Listener = Callable[[Message], None]

_PATIENCE_TO_CONNECT = 10.0
_PING_EVERY = 10.0
_SILENCE_ALLOWED = 5  # reads of five seconds: two pings have gone unanswered by then
_READ_TIMEOUT = 5.0
_CHANNELS_PER_COMMAND = 500
_CATCH_UPS_AT_ONCE = 64

log = structlog.get_logger(__name__)
connections_made = Counter(
    "earshot_live_connections_made", "Listening connections to Redis opened since the start"
)


class _Subscription:
    """One shop's listeners and the last position they were told about."""

    __slots__ = ("last", "listeners", "shop", "waiting")

    def __init__(self, shop: str) -> None:
        self.shop = shop
        self.listeners: tuple[Listener, ...] = ()
        self.last: Position | None = None
        self.waiting: list[asyncio.Future[Position]] = []

    def dispatch(self, message: Message) -> None:
        self.last = message.position
        for listener in self.listeners:
            try:
                listener(message)
            except Exception:  # one listener's mistake is not the other shops' silence
                log.exception("listener failed", shop=self.shop)

    def begin(self, position: Position) -> None:
        self.last = position
        for future in self.waiting:
            if not future.done():
                future.set_result(position)
        self.waiting.clear()


class Subscriptions:
    """Starts with its first subscription; `close` ends it."""

    def __init__(self, pool: ConnectionPool, replays: Replays) -> None:
        self.is_connected = False
        self.has_connected = False
        self._pool = pool
        self._replays = replays
        self._by_shop: dict[str, _Subscription] = {}
        self._commands: list[tuple[str, str]] = []
        self._has_commands = asyncio.Event()
        self._unconfirmed = 0
        self._confirmed: list[_Subscription] = []
        self._runner: asyncio.Task[None] | None = None
        self._is_closing = False

    def start(self) -> None:
        """Connects before anyone subscribes, which tells whether Redis is there."""
        if self._runner is None:
            self._runner = asyncio.create_task(self._run(), name="live subscriptions")

    async def close(self) -> None:
        self._is_closing = True
        # redis-py's use of `asyncio.wait_for` may swallow a cancellation before Python 3.12, so one
        # may not be enough.
        while self._runner is not None and not self._runner.done():
            self._runner.cancel()
            await asyncio.wait({self._runner}, timeout=0.2)
        self._runner = None
        for subscription in self._by_shop.values():
            for future in subscription.waiting:
                future.cancel()
        self._by_shop.clear()

    def subscribe(self, shop: str, listener: Listener) -> asyncio.Future[Position]:
        """Calls `listener` with each message after the position that this gives, once, in order.

        The position comes when Redis has confirmed, however long that takes; messages may be heard
        before the caller gets to see it. A `reset` message tells that some could not be had.
        """
        self.start()
        subscription = self._by_shop.get(shop) or self._add(shop)
        subscription.listeners = (*subscription.listeners, listener)
        future: asyncio.Future[Position] = asyncio.get_running_loop().create_future()
        if subscription.last is not None:
            future.set_result(subscription.last)
        else:
            subscription.waiting.append(future)
        return future

    def unsubscribe(self, shop: str, listener: Listener) -> None:
        subscription = self._by_shop.get(shop)
        if subscription is None or listener not in subscription.listeners:
            return
        remaining = list(subscription.listeners)
        remaining.remove(listener)
        subscription.listeners = tuple(remaining)
        if not remaining:
            self._remove(subscription)

    def _add(self, shop: str) -> _Subscription:
        subscription = self._by_shop[shop] = _Subscription(shop)
        self._command("SUBSCRIBE", shop)
        return subscription

    def _remove(self, subscription: _Subscription) -> None:
        del self._by_shop[subscription.shop]
        for future in subscription.waiting:
            future.cancel()
        self._command("UNSUBSCRIBE", subscription.shop)

    def _command(self, name: str, shop: str) -> None:
        self._commands.append((name, names.channel(shop)))
        self._unconfirmed += name == "SUBSCRIBE"
        self._has_commands.set()

    async def _run(self) -> None:
        pauses = Pauses(shortest=0.05, longest=5.0)
        while not self._is_closing:
            pauses.begin()
            try:
                await self._hold_connection()
            except Exception as error:  # the top of the stream: whatever it was, connect again
                log.warning("listening connection lost", reason=_reason(error))
            await asyncio.sleep(pauses.next())

    async def _hold_connection(self) -> None:
        async with asyncio.timeout(_PATIENCE_TO_CONNECT):
            connection = await self._pool.get_connection()  # type: ignore[no-untyped-call]
        connections_made.inc()
        self._forget_connection()
        writing = asyncio.create_task(self._write(connection), name="live commands")
        self.is_connected = self.has_connected = True
        try:
            await self._read(connection)
        finally:
            self.is_connected = False
            writing.cancel()
            await connection.disconnect(nowait=True)
            await self._pool.release(connection)

    def _forget_connection(self) -> None:
        """All that was asked of an earlier connection is asked anew."""
        self._commands.clear()
        self._confirmed.clear()
        self._unconfirmed = 0
        for subscription in self._by_shop.values():
            self._command("SUBSCRIBE", subscription.shop)

    async def _write(self, connection: AbstractConnection) -> None:
        """A failure to write disconnects, which ends the reading."""
        with contextlib.suppress(RedisError):
            while True:
                await self._send_commands(connection)
                try:
                    async with asyncio.timeout(_PING_EVERY):
                        await self._has_commands.wait()
                except TimeoutError:
                    await connection.send_command("PING", check_health=False)

    async def _send_commands(self, connection: AbstractConnection) -> None:
        self._has_commands.clear()
        commands, self._commands = self._commands, []
        for name, group in groupby(commands, key=itemgetter(0)):
            channels = [channel for _, channel in group]
            for start in range(0, len(channels), _CHANNELS_PER_COMMAND):
                some = channels[start : start + _CHANNELS_PER_COMMAND]
                await connection.send_command(name, *some, check_health=False)

    async def _read(self, connection: AbstractConnection) -> None:
        silent = 0
        while silent < _SILENCE_ALLOWED:
            # A read without a timeout would hang for good on a connection whose other end is gone.
            reply = await connection.read_response(
                timeout=_READ_TIMEOUT, disconnect_on_error=False, push_request=True
            )
            silent = silent + 1 if reply is None else 0
            await self._take(reply)
        raise ConnectionError("Redis has been silent for too long")

    async def _take(self, reply: object) -> None:
        match reply:
            case [b"message", bytes() as channel, bytes() as data]:
                await self._hear(names.shop_of(channel), data)
            case [b"subscribe", bytes() as channel, _]:
                await self._confirm(names.shop_of(channel))
            case _:  # a pong, a confirmed unsubscription, or nothing within the timeout
                pass

    async def _hear(self, shop: str, data: bytes) -> None:
        subscription = self._by_shop.get(shop)
        if subscription is None or subscription.last is None:
            return  # nobody listens any more, or not yet
        try:
            message = frames.decode_message(data)
        except frames.MessageUnreadable as error:
            log.warning("message unreadable", shop=shop, reason=str(error))
            await self._catch_up(subscription)  # where it stands, which it does not say itself
            return
        if message.position.is_next_to(subscription.last):
            subscription.dispatch(message)
        elif message.position.follows(subscription.last):
            await self._catch_up(subscription)

    async def _confirm(self, shop: str) -> None:
        """Shops are caught up together once all that were asked for have been confirmed."""
        self._unconfirmed -= 1
        if subscription := self._by_shop.get(shop):
            self._confirmed.append(subscription)
        if self._unconfirmed <= 0 or len(self._confirmed) >= _CATCH_UPS_AT_ONCE:
            confirmed, self._confirmed = self._confirmed, []
            async with asyncio.TaskGroup() as tasks:
                for subscription in dict.fromkeys(confirmed):
                    tasks.create_task(self._catch_up(subscription))

    async def _catch_up(self, subscription: _Subscription) -> None:
        """Only ever one at a time for a shop, and only while nothing is read."""
        tip, missed = await self._replays.read(subscription.shop, subscription.last)
        if subscription.last is None:
            subscription.begin(tip)
        elif missed is None:
            subscription.dispatch(frames.reset_at(tip))
        for message in missed or ():
            subscription.dispatch(message)


def _reason(error: BaseException) -> str:
    """What went wrong, out of the groups that task groups wrap it in."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return f"{type(error).__name__}: {error}"
