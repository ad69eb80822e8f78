import asyncio
from dataclasses import replace
from datetime import datetime

from app.workers import relay
from tests.cast import order
from tests.services.chain import Chain


async def test_the_relay_does_not_spin_while_an_older_transaction_runs(chain: Chain) -> None:
    rounds = 0

    def clock() -> datetime:
        nonlocal rounds
        rounds += 1
        return chain.doors.clock()

    doors = replace(chain.doors, clock=clock)
    stop = asyncio.Event()
    await chain.install()
    async with chain.doors.data.system() as slow:
        await slow.execute("SELECT pg_current_xact_id()")
        await chain.receive("orders/create", order())
        relaying = asyncio.create_task(relay.run(doors, stop, asyncio.Event()))
        await asyncio.sleep(2)
        assert 3 < rounds < 30
    async with asyncio.timeout(5):
        await chain.notify(1)
        stop.set()
        await relaying
    assert len(await chain.heard()) == 1
