"""What is secret or personal shows nowhere: not in logs, errors, traces, representations, metrics.

One life of a shop is lived with all logs at their most talkative, with everything that may go wrong
on the way, and what was written meanwhile is searched.
"""

import base64
import importlib
import io
import logging
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import msgspec
import pytest
import structlog

import app
from app import telemetry
from app.data import credentials
from app.domain.buyers import Buyer
from app.domain.settings import Privacy, ShopSettings
from app.services import shop_settings, tokens
from app.services.privacy import requests
from app.shopify.id_tokens import Merchant
from app.workers import notify, runtime
from sandbox.shopify.stand_in import StandIn
from tests.cast import ALBA, ANA, API_SECRET, encoded, id_token, webhook_headers
from tests.routes.conftest import asking
from tests.services.chain import Chain
from tests.services.privacy.people import MARGAUX, OF_MARGAUX, ask, order_of

OPEN = Privacy(name="first-name", place="town", crowd=2, understood=True)
PERSONAL = (*OF_MARGAUX, "margaux@example.com", "+33612345678", "Mercière")


@pytest.fixture(params=["console", "json"])
def said(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """All that is logged, by us and by every library, down to the last detail."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    # The browser of these tests speaks through the same library as the app.
    handler.addFilter(lambda record: "https://earshot.example" not in record.getMessage())
    root = logging.getLogger()
    before, level = structlog.get_config(), root.level
    structlog.configure(
        processors=telemetry.processors(request.param),
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG),
        logger_factory=structlog.PrintLoggerFactory(written),
        cache_logger_on_first_use=False,
    )
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield written
    finally:
        root.setLevel(level)
        root.removeHandler(handler)
        structlog.configure(**before)


class Life:
    """Alba's, from its installation to its erasure; `answers` are what the app said in errors."""

    def __init__(self, chain: Chain, web: httpx.AsyncClient) -> None:
        self._chain = chain
        self._web = web
        self.answers: list[str] = []
        self.secrets: set[str] = set()

    async def live(self) -> None:
        await self._install()
        await self._sell()
        await self._let_a_program_in()
        await self._go_wrong()
        await self._forget()

    async def _install(self) -> None:
        token = self._secret(id_token())
        query = {"shop": ALBA, "embedded": "1", "id_token": token}
        assert (await self._web.get("/", params=query)).status_code == 200
        await self._note_grant()
        later = replace(self._chain.doors, clock=self._in_an_hour)
        await tokens.current(later, ALBA)
        await self._note_grant()

    def _in_an_hour(self) -> datetime:
        return self._chain.doors.clock() + timedelta(minutes=58)

    async def _note_grant(self) -> None:
        doors = self._chain.doors
        async with doors.data.tenant(ALBA) as connection:
            grant = await credentials.find(connection, doors.vault, ALBA)
            sealed = await connection.fetchrow("SELECT * FROM credentials")
        assert grant is not None
        self._secret(grant.access_token)
        self._secret(grant.refresh_token)
        # Not readable without the key, and nobody's business either.
        self._secret(repr(bytes(sealed["access_token"]))[10:-1])

    async def _sell(self) -> None:
        doors, now = self._chain.doors, self._chain.doors.clock()
        merchant, wanted = Merchant(ALBA, ANA, now), ShopSettings(privacy=OPEN)
        await shop_settings.save(doors.data, doors.live, merchant, wanted, now)
        for number in (1, 2):
            body = encoded(order_of(MARGAUX, number))
            headers = webhook_headers(body, "orders/create")
            self._secret(headers["X-Shopify-Hmac-Sha256"])
            posted = await self._web.post("/webhooks/shopify", content=body, headers=headers)
            assert posted.status_code == 200
            await self._chain.notify(await self._chain.relay())
        await self._web.get(f"/storefront/{ALBA}/config.json")

    async def _let_a_program_in(self) -> None:
        merchant = {"Authorization": f"Bearer {self._secret(id_token())}"}
        page = await self._web.post("/api-keys", data={"name": "till"}, headers=merchant)
        [token] = re.findall(r'value="(earshot_[0-9a-f_]+)"', page.text)
        _, key, secret = token.split("_")
        self._secret(secret)
        headers = {"Authorization": f"Bearer {token}"}
        assert (await self._web.get("/api/v1/shop", headers=headers)).status_code == 200
        revoked = await self._web.delete(f"/api-keys/{UUID(key)}", headers=merchant)
        assert revoked.status_code == 200
        await self._refused("GET", "/api/v1/shop", headers=headers)

    async def _go_wrong(self) -> None:
        """Refusals, things that cannot be read, and a mistake of ours in the middle of a sale."""
        stale = self._secret(id_token(exp=1))
        await self._refused("GET", "/", headers={"Authorization": f"Bearer {stale}"})
        await self._refused("GET", "/live", headers={"Authorization": f"Bearer {stale}"})
        await self._web.get("/", params={"shop": ALBA, "embedded": "1", "id_token": stale})
        forged = self._secret(id_token(secret="another secret of enough length, 32 bytes"))
        await self._refused("GET", "/api/v1/shop", headers={"Authorization": f"Bearer {forged}"})
        body = encoded(order_of(MARGAUX, 3))
        headers = webhook_headers(body, "orders/create") | {"X-Shopify-Hmac-Sha256": "bm8="}
        await self._refused("POST", "/webhooks/shopify", content=body, headers=headers)
        await self._refused("GET", "/auth/callback", params={"shop": ALBA, "code": "a-code"})
        for odd in (body[:-1], encoded(order_of(MARGAUX, 4, updated_at="Margaux"))):
            await self._chain.receive("orders/create", odd)
        await self._chain.receive("orders/create", order_of(MARGAUX, 5))
        await self._fail(await self._chain.events(await self._chain.relay() - 2))

    async def _fail(self, records: list[Any]) -> None:
        async def fail(record: Any) -> None:
            await notify.handle(record, self._chain.doors)
            buyer = Buyer(name="Margaux", town="Lyon", country="FR")
            raise RuntimeError(f"a mistake of ours about {buyer!r}")

        async def park(record: Any, error: Exception, trace: str) -> None:
            self.answers.append(trace)
            await notify.park(record, error, trace, self._chain.doors)

        consumption = runtime.Consumption("notify", self._chain.follower, fail, park)
        for record in records:
            await consumption._handle_or_park(record)

    async def _forget(self) -> None:
        await ask(self._chain, "customers/data_request")
        await ask(self._chain, "customers/redact")
        await ask(self._chain, "customers/redact", customer=None)
        while await requests.work_off_one(self._chain.doors):
            pass
        await requests.watch(self._chain.doors.data, self._chain.doors.clock())

    async def _refused(self, method: str, path: str, **how: Any) -> None:
        for accept in ("text/html", "application/json"):
            how["headers"] = {**how.get("headers", {}), "Accept": accept}
            answer = await self._web.request(method, path, **how)
            assert answer.status_code >= 400, answer.text
            self.answers.append(f"{answer.headers}\n{answer.text}")

    def _secret(self, text: str) -> str:
        self.secrets.add(text)
        return text


async def test_nothing_secret_or_personal_is_told(
    chain: Chain, stand_in: StandIn, said: io.StringIO
) -> None:
    stand_in.reset()
    settings = chain.doors.settings
    async with asking(chain.doors) as web:
        life = Life(chain, web)
        await life.live()
        metrics = (await web.get("/metrics")).text
    life.secrets |= {
        API_SECRET,
        base64.b64encode(settings.encryption_keys[0][1]).decode(),
        settings.encryption_keys[0][1].hex(),
        *filter(None, (urlsplit(settings.database_url).password,)),
    }
    told = {
        "logs": said.getvalue(),
        "errors and traces": "\n".join(life.answers),
        "metrics": metrics,
        "representations": f"{settings!r} {chain.doors!r} {vars(chain.doors)!r}",
    }
    assert len(life.secrets) > 12
    for place, text in told.items():
        assert text, place
        for secret in (*life.secrets, *PERSONAL):
            assert secret not in text, f"{place} tell {secret!r}"


async def test_the_search_finds_what_a_library_says(said: io.StringIO) -> None:
    """It would prove nothing if it did not listen."""
    logging.getLogger("httpx").debug("a-secret %s", 1)
    structlog.get_logger().debug("ours", name="Margaux")
    try:
        raise RuntimeError("told")
    except RuntimeError:
        structlog.get_logger().exception("failed")
    for words in ("a-secret 1", "Margaux", "RuntimeError: told"):
        assert words in said.getvalue()


# Words for fields that hold, in whatever struct, what must not be seen.
_TELLING = {
    *("access_token", "refresh_token", "secret", "hash", "code", "id_token"),
    *("email", "phone", "first_name", "city", "town", "body", "headers"),
}
# The same words for something harmless.
_HARMLESS = {
    "Places": "whether cards are shown on phones",
    "_ErrorExtensions": "Shopify's word for what went wrong",
}


def test_no_struct_shows_what_must_not_be_seen() -> None:
    for module in pkgutil.walk_packages(app.__path__, "app."):
        importlib.import_module(module.name)
    structs = [each for each in _below(msgspec.Struct) if each.__module__.startswith("app.")]
    assert len(structs) > 50
    for struct in structs:
        telling = _TELLING & set(struct.__struct_fields__)
        is_open = struct.__repr__ is msgspec.Struct.__repr__
        assert not (telling and is_open) or struct.__name__ in _HARMLESS, (struct, telling)


def _below(kind: Any) -> Iterator[Any]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)
