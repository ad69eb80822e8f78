"""One Earshot for all flows, and the people in them."""

from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import BrowserContext

from sandbox.browser import launch_options
from tests.cast import ALBA, BOREALIS
from tests.e2e import admins, earshots, networks, remains, storefronts
from tests.e2e.admins import Merchant
from tests.e2e.earshots import Earshot
from tests.e2e.shops import Shop
from tests.e2e.storefronts import Shopper

NewContext = Callable[..., Awaitable[BrowserContext]]
Arrive = Callable[[Shop], Awaitable[Shopper]]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, **launch_options()}


@pytest.fixture(scope="session")
def base_url() -> None:
    """In place of the plugin's own, of which pytest warns; pages are named by whole addresses."""


@pytest.fixture(scope="package")
def earshot(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Earshot]:
    try:
        with earshots.visited(tmp_path_factory.mktemp("earshot")) as earshot:
            pytestconfig.stash[remains.LOGS] = earshot.logs
            yield earshot
    except earshots.NotFound as problem:
        pytest.exit(str(problem), returncode=2)


@pytest.fixture(scope="package")
async def shops(earshot: Earshot) -> AsyncIterator[dict[str, Shop]]:
    """Both shops with nothing going on in them, and cards that stay until they are closed."""
    async with httpx.AsyncClient(timeout=10, trust_env=False) as client:
        alba = Shop(earshot, ALBA, client)
        borealis = Shop(earshot, BOREALIS, client)
        async with alba.calm_shopify(), alba.unhurried(), borealis.unhurried():
            await (await alba.sells("alba-mug")).notification()  # warms everything up
            yield {ALBA: alba, BOREALIS: borealis}


@pytest.fixture
async def alba(shops: dict[str, Shop]) -> Shop:
    """Alba Ceramics, where nothing was sold yet."""
    await shops[ALBA].forget_sales()
    return shops[ALBA]


@pytest.fixture
async def borealis(shops: dict[str, Shop]) -> Shop:
    """Another tenant, who must never see Alba's things; nothing was sold there either."""
    await shops[BOREALIS].forget_sales()
    return shops[BOREALIS]


@pytest.fixture
async def arrive(new_context: NewContext) -> AsyncIterator[Arrive]:
    """Shoppers, each with a browser of her own; what their pages complain of fails the test."""
    arrived: list[Shopper] = []

    async with AsyncExitStack() as stack:

        async def arrive(shop: Shop) -> Shopper:
            network = await stack.enter_async_context(networks.opened())
            context = await new_context(reduced_motion="reduce", proxy=network.proxy)
            arrived.append(await storefronts.arrive(context, shop, network))
            return arrived[-1]

        yield arrive
        assert [said for shopper in arrived for said in shopper.complaints.unexpected()] == []


@pytest.fixture
async def camille(arrive: Arrive, alba: Shop) -> Shopper:
    """A shopper who looks at Alba's home page."""
    camille = await arrive(alba)
    await camille.opens()
    return camille


@pytest.fixture
async def aksel(arrive: Arrive, borealis: Shop) -> Shopper:
    """A shopper who looks at Borealis' home page."""
    aksel = await arrive(borealis)
    await aksel.opens()
    return aksel


@pytest.fixture
async def ana(new_context: NewContext, alba: Shop) -> AsyncIterator[Merchant]:
    """Alba's owner, signed in to the admin; what her page complains of fails the test."""
    async with networks.opened() as network:
        ana = await admins.sign_in(await new_context(proxy=network.proxy), alba, network)
        yield ana
        assert ana.complaints.unexpected() == []


@pytest.fixture(autouse=True)
def remembered_folder(request: pytest.FixtureRequest, output_path: str) -> None:
    request.node.stash[remains.FOLDER] = Path(output_path)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        remains.keep(item, report)
    return report
