"""Access to the Admin API, against the stand-in's token endpoint."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app import doors as doors_module
from app.data import credentials, shops
from app.data.sealing import Vault
from app.domain.grants import Grant
from app.doors import Doors
from app.errors import AccessMissing, ShopifyUnavailable, ShopUnknown, SubjectTokenRefused
from app.services import authorization, tokens
from app.services.tokens import Resealed
from app.shopify.authorization import Consent
from sandbox.shopify.stand_in import StandIn
from tests.cast import ALBA, BOREALIS, bearer, id_token
from tests.processes import environ_of
from tests.routes.conftest import asking


@pytest.fixture
async def installed(opened: Doors, stand_in: StandIn) -> AsyncIterator[Doors]:
    """Alba has installed, and Shopify is polite."""
    stand_in.reset()
    async with opened.data.tenant(ALBA) as connection:
        await shops.install(connection, ALBA, datetime.now(UTC), datetime.now(UTC))
    yield opened
    stand_in.reset()


def _later(doors: Doors, **ahead: float) -> Doors:
    return replace(doors, clock=lambda: datetime.now(UTC) + timedelta(**ahead))


async def _stored(doors: Doors) -> Grant | None:
    async with doors.data.tenant(ALBA) as connection:
        return await credentials.find(connection, doors.vault, ALBA)


async def test_a_visit_exchanges_its_token_once(installed: Doors) -> None:
    await tokens.ensure(installed, ALBA, id_token())
    first = await _stored(installed)
    await tokens.ensure(installed, ALBA, id_token())
    assert first is not None
    assert await _stored(installed) == first


async def test_work_that_waits_for_access_does_not_keep_the_first_visit_from_getting_it(
    installed: Doors,
) -> None:
    """It begins as soon as the shop is installed, a moment before its token is exchanged."""
    async with installed.data.tenant(ALBA) as connection:
        await credentials.lock_for_renewal(connection, ALBA)
        async with asyncio.timeout(2):
            with pytest.raises(AccessMissing):
                await tokens.current(installed, ALBA)


async def test_an_id_token_that_shopify_refuses_is_told_apart(installed: Doors) -> None:
    with pytest.raises(SubjectTokenRefused):
        await tokens.ensure(installed, ALBA, "not a token")
    assert await _stored(installed) is None


async def test_a_missing_scope_is_asked_for_at_the_next_visit(installed: Doors) -> None:
    await tokens.ensure(installed, ALBA, id_token())
    first = await _stored(installed)
    wanting = replace(
        installed, settings=replace(installed.settings, shopify_scopes=("read_themes",))
    )
    await tokens.ensure(wanting, ALBA, id_token())
    assert await _stored(installed) != first


async def test_a_fresh_token_is_used_as_it_is(installed: Doors, stand_in: StandIn) -> None:
    await tokens.ensure(installed, ALBA, id_token())
    token = await tokens.current(installed, ALBA)
    assert stand_in.tokens.allows(ALBA, token)
    assert await tokens.current(installed, ALBA) == token


async def test_a_token_is_renewed_before_it_ends(installed: Doors, stand_in: StandIn) -> None:
    await tokens.ensure(installed, ALBA, id_token())
    old = await tokens.current(installed, ALBA)
    new = await tokens.current(_later(installed, minutes=56), ALBA)
    assert new != old
    assert stand_in.tokens.allows(ALBA, new)


async def test_many_at_once_renew_once(installed: Doors) -> None:
    await tokens.ensure(installed, ALBA, id_token())
    late = _later(installed, minutes=56)
    renewed = await asyncio.gather(*(tokens.current(late, ALBA) for _ in range(6)))
    assert len(set(renewed)) == 1


async def test_one_of_several_processes_renews(installed: Doors, stand_in: StandIn) -> None:
    """Each with connections of its own, all at the same moment."""
    await tokens.ensure(installed, ALBA, id_token())
    before = await tokens.current(installed, ALBA)
    renewed = await asyncio.gather(*(_renewed_elsewhere(installed) for _ in range(3)))
    assert len(set(renewed)) == 1
    assert renewed[0] != before
    assert stand_in.tokens.allows(ALBA, renewed[0])


_ELSEWHERE = """
import asyncio, dataclasses, datetime, os
from app import config, doors
from app.services import tokens

async def main():
    async with doors.opened(config.read(os.environ)) as opened:
        later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=56)
        late = dataclasses.replace(opened, clock=lambda: later)
        print(await tokens.current(late, "{shop}"))

asyncio.run(main())
"""


async def _renewed_elsewhere(doors: Doors) -> str:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        _ELSEWHERE.format(shop=ALBA),
        env={**os.environ, **environ_of(doors.settings)},
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0
    return said.decode().strip()


async def test_a_scope_that_was_refused_is_not_asked_for_at_each_visit(
    installed: Doors, stand_in: StandIn
) -> None:
    wanting = replace(
        installed, settings=replace(installed.settings, shopify_scopes=("read_themes",))
    )
    await tokens.ensure(wanting, ALBA, id_token())
    first = await _stored(installed)
    await tokens.ensure(wanting, ALBA, id_token())
    assert await _stored(installed) == first


async def test_scopes_that_changed_are_had_at_the_next_visit(installed: Doors) -> None:
    await tokens.ensure(installed, ALBA, id_token())
    first = await _stored(installed)
    async with installed.data.tenant(ALBA) as connection:
        await credentials.note_scopes(connection, ALBA, ("read_products",), installed.clock())
    await tokens.ensure(installed, ALBA, id_token())
    second = await _stored(installed)
    assert second != first
    await tokens.ensure(installed, ALBA, id_token())
    assert await _stored(installed) == second


async def test_a_shop_that_leaves_while_it_is_asked_keeps_no_grant(installed: Doors) -> None:
    """Shopify's answer may come after its word that the merchant has uninstalled."""
    await tokens.ensure(installed, ALBA, id_token())
    grant = await _stored(installed)
    assert grant is not None
    now = installed.clock()
    async with installed.data.tenant(ALBA) as connection:
        assert await shops.uninstall(connection, ALBA, now)
        await credentials.forget(connection, ALBA)
    async with installed.data.tenant(ALBA) as connection:
        assert not await credentials.renew(connection, installed.vault, ALBA, grant, now)
    with pytest.raises(ShopUnknown):
        async with installed.data.tenant(ALBA) as connection:
            await tokens.keep(connection, installed, ALBA, grant)
    assert await _stored(installed) is None


async def test_a_grant_is_renewed_long_before_its_refresh_token_ends(installed: Doors) -> None:
    await tokens.ensure(installed, ALBA, id_token())
    first = await _stored(installed)
    assert not await tokens.renew(installed, ALBA, installed.clock() - timedelta(days=25))
    assert await _stored(installed) == first
    late = _later(installed, days=26)
    assert await tokens.renew(late, ALBA, late.clock() - timedelta(days=25))
    second = await _stored(installed)
    assert first is not None
    assert second is not None
    assert second.refresh_expires_at > first.refresh_expires_at + timedelta(days=25)


async def test_an_answer_that_was_lost_is_asked_for_again(
    installed: Doors, stand_in: StandIn
) -> None:
    """Shopify rotated, but we never heard of it: the old refresh token still works."""
    await tokens.ensure(installed, ALBA, id_token())
    grant = await _stored(installed)
    assert grant is not None
    assert stand_in.tokens.refresh(ALBA, grant.refresh_token) is not None
    token = await tokens.current(_later(installed, minutes=56), ALBA)
    assert stand_in.tokens.allows(ALBA, token)


async def test_a_refused_renewal_waits_for_the_merchant(
    installed: Doors, stand_in: StandIn
) -> None:
    await tokens.ensure(installed, ALBA, id_token())
    stand_in.tokens.forget()
    with pytest.raises(AccessMissing, match="must open the app"):
        await tokens.current(_later(installed, minutes=56), ALBA)
    assert await _stored(installed) is None
    await tokens.ensure(installed, ALBA, id_token())
    assert await tokens.current(installed, ALBA)


async def test_without_a_grant_nothing_is_asked(installed: Doors) -> None:
    with pytest.raises(AccessMissing):
        await tokens.current(installed, ALBA)


async def test_shopify_away_costs_no_grant(installed: Doors) -> None:
    await tokens.ensure(installed, ALBA, id_token())
    nowhere = replace(installed.settings, shopify_shop_url="http://127.0.0.1:9/{shop}")
    async with doors_module.opened(nowhere) as elsewhere:
        with pytest.raises(ShopifyUnavailable):
            await tokens.current(_later(elsewhere, minutes=56), ALBA)
    assert await _stored(installed) is not None


async def test_a_refresh_under_way_does_not_take_the_place_of_a_newer_grant(
    installed: Doors, stand_in: StandIn
) -> None:
    """The merchant goes through Shopify's consent while the grant before it is renewed."""
    await tokens.ensure(installed, ALBA, id_token())
    old = await _stored(installed)
    assert old is not None
    await installed.live.states.keep("0" * 64, ALBA)
    consent = Consent(ALBA, stand_in.tokens.issue_code(ALBA), "0" * 64)
    async with installed.data.tenant(ALBA) as connection:
        await credentials.lock_for_renewal(connection, ALBA)
        completing = asyncio.create_task(authorization.complete(installed, consent))
        await asyncio.wait([completing], timeout=0.5)
        now = installed.clock()
        assert await credentials.renew(connection, installed.vault, ALBA, old, now)
    await completing
    assert await _stored(installed) != old


async def test_tokens_are_not_readable_in_the_table(installed: Doors) -> None:
    await tokens.ensure(installed, ALBA, id_token())
    async with installed.data.system() as connection:
        [row] = await connection.fetch("SELECT * FROM credentials")
    assert b"shpat_" not in bytes(row["access_token"])
    assert b"shprt_" not in bytes(row["refresh_token"])


async def test_keys_rotate_without_anyone_stopping(installed: Doors) -> None:
    await tokens.ensure(installed, ALBA, id_token())
    before = await tokens.current(installed, ALBA)
    old = installed.settings.encryption_keys[0]
    new = ("k2", bytes(range(32)))
    rotating = replace(installed, vault=Vault([new, old]))
    assert await tokens.current(rotating, ALBA) == before
    assert await tokens.reseal(rotating) == Resealed(1)
    assert await tokens.reseal(rotating) == Resealed(0)
    assert await tokens.current(replace(installed, vault=Vault([new])), ALBA) == before
    with pytest.raises(AccessMissing):
        await tokens.current(installed, ALBA)


@pytest.fixture
async def unreadable(installed: Doors) -> Doors:
    """Alba has a grant, and Borealis one that was sealed with a key that is lost."""
    await tokens.ensure(installed, ALBA, id_token())
    now = installed.clock()
    async with installed.data.tenant(BOREALIS) as connection:
        await shops.install(connection, BOREALIS, now, now)
    lost = replace(installed, vault=Vault([("lost", bytes(range(32)))]))
    await tokens.ensure(lost, BOREALIS, id_token(BOREALIS))
    return installed


async def test_a_grant_that_cannot_be_read_keeps_no_other_from_being_sealed_anew(
    unreadable: Doors,
) -> None:
    new, old = ("k2", bytes(range(32))), unreadable.settings.encryption_keys[0]
    rotating = replace(unreadable, vault=Vault([new, old]))
    assert await tokens.reseal(rotating) == Resealed(1, (BOREALIS,))
    only_new = replace(unreadable, vault=Vault([new]))
    assert await tokens.current(only_new, ALBA)


async def test_keys_rotate_shop_by_shop(installed: Doors) -> None:
    """One whose grant is being written holds up its own turn, not what was done before it."""
    now = installed.clock()
    async with installed.data.tenant(BOREALIS) as connection:
        await shops.install(connection, BOREALIS, now, now)
    for shop in (ALBA, BOREALIS):
        await tokens.ensure(installed, shop, id_token(shop))
    new, old = ("k2", bytes(range(32))), installed.settings.encryption_keys[0]
    rotating = replace(installed, vault=Vault([new, old]))
    async with installed.data.tenant(BOREALIS) as connection:
        await connection.execute("SELECT FROM credentials FOR UPDATE")
        resealing = asyncio.create_task(tokens.reseal(rotating))
        async with asyncio.timeout(10):
            while not await _is_sealed_with(installed, b"k2"):
                await asyncio.sleep(0.02)
    assert await resealing == Resealed(2)


async def _is_sealed_with(doors: Doors, key: bytes) -> bool:
    async with doors.data.tenant(ALBA) as connection:
        sealed = await connection.fetchval("SELECT access_token FROM credentials")
    return bytes(sealed).startswith(key + b":")


async def test_the_operator_is_told_which_shops_have_to_open_the_app(unreadable: Doors) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "app.cli", "keys", "rotate"),
        env={**os.environ, **environ_of(unreadable.settings)},
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0
    assert said.decode().splitlines() == [
        "0 shops sealed anew; only the key k1 is needed from now on.",
        "1 unreadable; these merchants must open the app:",
        f"  {BOREALIS}",
    ]


async def test_opening_the_app_grants_access(installed: Doors) -> None:
    async with asking(installed) as web:
        assert (await web.get("/", headers=bearer())).status_code == 200
    assert await _stored(installed) is not None


async def test_the_page_opens_while_shopify_is_away_and_says_so(installed: Doors) -> None:
    nowhere = replace(installed.settings, shopify_shop_url="http://127.0.0.1:9/{shop}")
    async with doors_module.opened(nowhere) as elsewhere, asking(elsewhere) as web:
        answer = await web.get("/", headers=bearer())
    assert answer.status_code == 200
    assert "Shopify is not answering right now" in answer.text


async def test_nothing_secret_is_logged(
    installed: Doors, stand_in: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    token = id_token()
    await tokens.ensure(installed, ALBA, token)
    grant = await _stored(installed)
    assert grant is not None
    stand_in.tokens.forget()
    with pytest.raises(AccessMissing) as missing:
        await tokens.current(_later(installed, minutes=56), ALBA)
    said = "".join(capsys.readouterr()) + str(missing.value) + repr(grant)
    for secret in (
        grant.access_token,
        grant.refresh_token,
        token,
        installed.settings.shopify_api_secret,
    ):
        assert secret not in said


async def test_an_id_token_that_shopify_refuses_leads_to_a_fresh_one(installed: Doors) -> None:
    """Shopify may find a token too old that we still find good."""
    old = "the-secret-before-the-rotation-0123456789"
    rotated = replace(installed.settings, shopify_api_secret_previous=old)
    query = {"embedded": "1", "shop": ALBA, "host": "x", "id_token": id_token(secret=old)}
    async with asking(replace(installed, settings=rotated)) as web:
        answer = await web.get("/", params=query)
        assert answer.status_code == 302
        assert answer.headers["location"].startswith("/auth/session-token?")
        answer = await web.get("/", headers=bearer(secret=old))
        assert answer.status_code == 401
        assert answer.headers["x-shopify-retry-invalid-session-request"] == "1"


async def test_a_grant_sealed_with_a_lost_key_is_asked_for_anew(installed: Doors) -> None:
    await tokens.ensure(installed, ALBA, id_token())
    moved = replace(installed, vault=Vault([("k2", bytes(range(32)))]))
    with pytest.raises(AccessMissing):
        await tokens.current(moved, ALBA)
    await tokens.ensure(moved, ALBA, id_token())
    assert await tokens.current(moved, ALBA)
