"""A shop's settings, with every version that was saved."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from app.data.database import Connection
from app.data.tables import SettingsRow
from app.domain.settings import SavedSettings, SettingsStale, SettingsVersion, ShopSettings

_SAVE = """
INSERT INTO settings (shop, version, data, updated_at)
SELECT $1, 1, $2, $3
WHERE coalesce($4, 0) = 0 OR EXISTS (SELECT FROM settings WHERE shop = $1)
ON CONFLICT (shop) DO UPDATE SET version = settings.version + 1, data = $2, updated_at = $3
WHERE $4::integer IS NULL OR settings.version = $4
RETURNING version
"""

# A shop begins with one rule.
_TOLD = """
SELECT coalesce((SELECT version FROM settings WHERE shop = $1), 0)
    + greatest(coalesce((SELECT sum(version) FROM rules WHERE shop = $1), 0) - 1, 0)
"""

_VERSIONS = """
SELECT versions.version, versions.data, saved_by, saved_at, restores,
    coalesce(staff.name, api_keys.name) AS author
FROM settings_versions AS versions
LEFT JOIN staff ON staff.shop = versions.shop AND staff.member = saved_by
LEFT JOIN api_keys ON api_keys.shop = versions.shop AND 'api-key:' || api_keys.id = saved_by
WHERE versions.shop = $1
"""


async def current(shop: str, *, to_change: bool = False) -> SavedSettings:
    """What was saved last, or the defaults as version 0; `to_change` keeps others from saving."""
    query = SettingsRow.select().where(SettingsRow.shop == shop)
    row = await (query.lock_rows("UPDATE") if to_change else query).first()
    if row is None:
        return SavedSettings(0, ShopSettings())
    return SavedSettings(row["version"], msgspec.json.decode(row["data"], type=ShopSettings))


async def save(
    connection: Connection,
    shop: str,
    settings: ShopSettings,
    saved_by: str,
    now: datetime,
    *,
    on_top_of: int | None = None,
    restores: int | None = None,
) -> SavedSettings:
    """Stores the settings as the next version; raises SettingsStale unless `on_top_of`, where it
    is given, is still the newest (0 for settings that were never saved)."""
    data = msgspec.json.encode(settings).decode()
    version = await connection.fetchval(_SAVE, shop, data, now, on_top_of)
    if version is None:
        raise SettingsStale(SavedSettings(on_top_of or 0, settings), await current(shop))
    await connection.execute(
        "INSERT INTO settings_versions (shop, version, data, saved_by, saved_at, restores)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        shop,
        version,
        data,
        saved_by,
        now,
        restores,
    )
    return SavedSettings(version, settings)


async def told_version(connection: Connection, shop: str) -> int:
    """How often the settings or a rule were saved: what open pages go by."""
    found: int = await connection.fetchval(_TOLD, shop)
    return found


async def versions(
    connection: Connection, shop: str, limit: int, before: int | None = None
) -> list[SettingsVersion]:
    """Newest first; those older than version `before`, where it is given."""
    rows = await connection.fetch(
        f"{_VERSIONS} AND versions.version < $2 ORDER BY versions.version DESC LIMIT $3",
        shop,
        before or 2**31 - 1,
        limit,
    )
    return [_version(row) for row in rows]


async def version(connection: Connection, shop: str, number: int) -> SettingsVersion | None:
    row = await connection.fetchrow(f"{_VERSIONS} AND versions.version = $2", shop, number)
    return _version(row) if row else None


def _version(row: Mapping[str, Any]) -> SettingsVersion:
    return SettingsVersion(
        row["version"],
        msgspec.json.decode(row["data"], type=ShopSettings),
        row["saved_by"],
        row["saved_at"],
        row["restores"],
        row["author"],
    )
