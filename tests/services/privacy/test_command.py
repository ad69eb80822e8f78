"""What an operator sees of requests about privacy, also of shops that have left."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from sandbox.servers import Servers
from tests.cast import ALBA, BOREALIS
from tests.services.chain import Chain
from tests.services.privacy.people import MARGAUX, ask, order_of
from tests.services.privacy.test_customers import of_alba, work_off
from tests.test_config import GOOD

ROOT = Path(__file__).parents[3]


@pytest.fixture
def environ(servers: Servers) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if name not in GOOD},
        **GOOD,
        "DATABASE_URL": servers.database_url,
        "REDIS_URL": servers.redis_url,
        "KAFKA_BOOTSTRAP_SERVERS": servers.kafka_bootstrap_servers,
    }


async def _told(environ: dict[str, str], *command: str) -> tuple[int, str, str]:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "app.cli", "privacy", *command),
        env=environ,
        cwd=ROOT,
        stdout=pipe,
        stderr=pipe,
    )
    async with asyncio.timeout(30):
        out, error = await process.communicate()
    return process.returncode or 0, out.decode(), error.decode()


async def test_operators_see_all_requests_and_may_hand_exports_on(
    chain: Chain, environ: dict[str, str]
) -> None:
    await chain.receive("orders/create", order_of(MARGAUX, 1))
    await ask(chain, "customers/data_request")
    await ask(chain, "customers/redact", BOREALIS, customer=None)
    await work_off(chain)
    code, out, _ = await _told(environ, "list")
    lines = out.splitlines()
    assert (code, len(lines)) == (0, 2)
    assert "done on" in lines[0]
    assert "waits: The request names no customer and no order." in lines[1]
    assert not any("margaux" in line.lower() for line in lines)

    [request] = await of_alba(chain)
    code, out, _ = await _told(environ, "export", ALBA, request.webhook_id)
    assert code == 0
    assert "margaux@example.com" in out
    for shop in (BOREALIS, "nobody"):
        code, out, error = await _told(environ, "export", shop, request.webhook_id)
        assert (code, out) == (1, "")
        assert error == "There is no such export, or none any more.\n"
