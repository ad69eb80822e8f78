"""The two roles of the tenant wall: what a merchant's request may see, and what upkeep may."""

import contextlib

import asyncpg

from app.errors import DatabaseRoleMissing, RowLevelSecurityWouldNotHold

REQUEST = "earshot_request"
SYSTEM = "earshot_system"


async def become(connection: asyncpg.Connection, role: str) -> None:
    """SET ROLE on a fresh connection; raises where row-level security would not hold."""
    try:
        await connection.execute(f"SET ROLE {role}")
    except (
        asyncpg.exceptions.InvalidParameterValueError,
        asyncpg.exceptions.InsufficientPrivilegeError,
    ) as error:
        raise DatabaseRoleMissing(
            f"The database login may not become {role}; run `earshot migrate` first."
        ) from error
    if await _bypasses_row_level_security(connection):
        raise RowLevelSecurityWouldNotHold(
            f"The database role {role} is a superuser or has BYPASSRLS, so tenants would not be "
            "kept apart; take that from it."
        )


async def ensure(connection: asyncpg.Connection) -> None:
    """Creates both roles where they are missing and lets this login become them."""
    login = await connection.fetchval("SELECT quote_ident(current_user)")
    for role in (REQUEST, SYSTEM):
        try:
            await _ensure_one(connection, role, login)
        except asyncpg.exceptions.InsufficientPrivilegeError as error:
            raise DatabaseRoleMissing(
                "The database login may not create roles. Let a superuser run:\n" + sql_for(login)
            ) from error


def sql_for(login: str) -> str:
    """What a superuser runs once where the owner may not create roles."""
    lines = (
        f"CREATE ROLE {role} NOLOGIN;\nGRANT {role} TO {login} WITH INHERIT FALSE, SET TRUE;"
        for role in (REQUEST, SYSTEM)
    )
    return "\n".join(lines)


async def _ensure_one(connection: asyncpg.Connection, role: str, login: str) -> None:
    if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", role):
        # Another migration of the same cluster may be faster.
        with contextlib.suppress(
            asyncpg.exceptions.DuplicateObjectError, asyncpg.exceptions.UniqueViolationError
        ):
            await connection.execute(f"CREATE ROLE {role} NOLOGIN")
    if not await _may_become(connection, role):
        # Not inherited: the owner itself keeps seeing nothing, and only SET ROLE opens a wall.
        await connection.execute(f"GRANT {role} TO {login} WITH INHERIT FALSE, SET TRUE")


async def _may_become(connection: asyncpg.Connection, role: str) -> bool:
    return bool(await connection.fetchval("SELECT pg_has_role(current_user, $1, 'SET')", role))


async def _bypasses_row_level_security(connection: asyncpg.Connection) -> bool:
    return bool(
        await connection.fetchval(
            "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
    )
