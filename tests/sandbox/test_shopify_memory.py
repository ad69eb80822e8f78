"""What a stand-in that is started again still knows."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.shopify.cast.goods import OPENED
from sandbox.shopify.options import Options
from sandbox.shopify.stand_in import StandIn
from sandbox.shopify.state.installations import Metafield
from sandbox.shopify.state.subscriptions import Subscription
from tests.sandbox.conftest import ALBA, API_SECRET, BOREALIS, EVERYTHING


@pytest.fixture
def options(tmp_path: Path) -> Options:
    return Options(
        host="127.0.0.1",
        port=9,
        storefronts={ALBA: 9, BOREALIS: 9},
        app_url="http://127.0.0.1:9",
        stream_url="http://127.0.0.1:9",
        api_key="the-key",
        api_secret=API_SECRET,
        manifest=EVERYTHING,
        memory=tmp_path / "memory.json",
    )


async def started(options: Options) -> StandIn:
    stand_in = StandIn(options)
    stand_in.memory.start()
    return stand_in


async def test_installations_and_tokens_outlive_it(options: Options) -> None:
    first = await started(options)
    first.consents.uninstall(first.world.shop(BOREALIS))
    installation = first.world.shop(ALBA).installation
    assert installation is not None
    installation.metafields.append(Metafield(1, "earshot", "key", "json", "{}", OPENED, OPENED))
    installation.subscriptions.append(Subscription("orders/create", "https://x.example", 7))
    old = first.tokens.issue(ALBA, "read_orders", expiring=True)
    new = first.tokens.refresh(ALBA, str(old.refresh_token))
    assert new is not None
    await first.close()
    second = await started(options)
    assert not second.world.shop(BOREALIS).installed
    assert second.world.shop(ALBA).installation == installation
    assert second.tokens.allows(ALBA, new.access_token)
    again = second.tokens.refresh(ALBA, str(old.refresh_token))  # the first answer was lost
    assert again is not None
    assert not second.tokens.allows(ALBA, new.access_token)
    await second.close()


async def test_one_that_is_killed_has_written_before(options: Options) -> None:
    first = await started(options)
    token = first.tokens.issue(ALBA, "read_orders", expiring=True).access_token
    await asyncio.sleep(0.8)
    second = await started(options)
    assert second.tokens.allows(ALBA, token)
    for stand_in in (first, second):
        await stand_in.close()


@pytest.mark.parametrize("content", [b"", b"{}", b'{"shops": 3, "grants": []}'])
async def test_unreadable_memory_is_none(options: Options, content: bytes) -> None:
    assert options.memory is not None
    options.memory.write_bytes(content)
    stand_in = await started(options)
    assert stand_in.world.shop(ALBA).installed
    await stand_in.close()


async def test_without_a_file_it_forgets(options: Options) -> None:
    stand_in = await started(replace(options, memory=None))
    await stand_in.close()
    assert options.memory is not None
    assert not options.memory.exists()
