"""Keys for programs: made by a member of the staff, shown once, revoked at any time."""

import secrets
from uuid import UUID, uuid4

from app.data import api_keys, audit_log, shops
from app.domain.api_keys import MOST, SECRET_BYTES, ApiKey, Presented, hash_of, matches, named
from app.domain.api_keys import parse as parse_token
from app.domain.api_keys import token as token_of
from app.domain.callers import Caller
from app.doors import Doors
from app.errors import ApiKeyRefused, ApiKeyUnknown, InputInvalid
from app.shopify.id_tokens import Merchant

# What an unknown key is compared with, so that the answer takes as long.
_NOBODYS = bytes(32)


async def create(doors: Doors, merchant: Merchant, name: str) -> tuple[ApiKey, str]:
    """The key and its token, which can never be shown again; raises InputInvalid, ShopUnknown."""
    readable = named(name)
    if readable is None:
        raise InputInvalid("A key needs a name of 1 to 80 readable characters.")
    secret = secrets.token_hex(SECRET_BYTES)
    key = ApiKey(id=uuid4(), name=readable, created_by=merchant.user, created_at=doors.clock())
    async with doors.data.tenant(merchant.shop) as connection:
        await shops.hold_installed(connection, merchant.shop)
        await api_keys.lock(connection, merchant.shop)
        if await api_keys.count_in_use(connection, merchant.shop) >= MOST:
            raise InputInvalid(f"The shop has {MOST} keys in use; revoke one before making more.")
        await api_keys.add(connection, merchant.shop, key, hash_of(secret))
        await audit_log.add(
            connection,
            merchant.shop,
            merchant.user,
            "created an API key",
            key.created_at,
            key=str(key.id),
            name=key.name,
        )
    return key, token_of(key.id, secret)


async def revoke(doors: Doors, merchant: Merchant, key_id: UUID) -> ApiKey:
    """Ends a key at once; safe to repeat. Raises ApiKeyUnknown."""
    now = doors.clock()
    async with doors.data.tenant(merchant.shop) as connection:
        found = await api_keys.revoke(connection, merchant.shop, key_id, now)
        if found is None:
            raise ApiKeyUnknown(str(key_id))
        key, was_in_use = found
        if was_in_use:
            await audit_log.add(
                connection,
                merchant.shop,
                merchant.user,
                "revoked an API key",
                now,
                key=str(key.id),
                name=key.name,
            )
    return key


async def caller_of(doors: Doors, token: str) -> Caller:
    """The program behind a token; raises ApiKeyRefused, for whatever reason without a hint."""
    presented = parse_token(token)
    if presented is None:
        raise ApiKeyRefused("The API key is not valid.")
    async with doors.data.system() as connection:
        found = await api_keys.find_in_use(connection, presented.id)
    if not _is_right(presented, found) or found is None:
        raise ApiKeyRefused("The API key is not valid.")
    await _note_use(doors, found)
    return Caller(found.shop, found.key.user)


def _is_right(presented: Presented, found: api_keys.Found | None) -> bool:
    return matches(presented, found.hash if found else _NOBODYS)


async def _note_use(doors: Doors, found: api_keys.Found) -> None:
    now = doors.clock()
    if found.key.has_news_of_its_use(now):
        async with doors.data.tenant(found.shop) as connection:
            await api_keys.note_use(connection, found.shop, found.key.id, now)
