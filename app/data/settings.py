"""A shop's settings, with every version that was saved."""

from datetime import datetime

import msgspec

from app.data.database import Connection
from app.data.tables import SettingsRow
from app.domain.settings import SavedSettings, SettingsStale, ShopSettings

_SAVE = """
INSERT INTO settings (shop, version, data, updated_at)
SELECT $1, 1, $2, $3
WHERE coalesce($4, 0) = 0 OR EXISTS (SELECT FROM settings WHERE shop = $1)
ON CONFLICT (shop) DO UPDATE SET version = settings.version + 1, data = $2, updated_at = $3
WHERE $4::integer IS NULL OR settings.version = $4
RETURNING version
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
) -> SavedSettings:
    """Stores the settings as the next version; raises SettingsStale unless `on_top_of`, where it
    is given, is still the newest (0 for settings that were never saved)."""
    data = msgspec.json.encode(settings).decode()
    version = await connection.fetchval(_SAVE, shop, data, now, on_top_of)
    if version is None:
        raise SettingsStale(SavedSettings(on_top_of or 0, settings), await current(shop))
    await connection.execute(
        "INSERT INTO settings_versions (shop, version, data, saved_by, saved_at)"
        " VALUES ($1, $2, $3, $4, $5)",
        shop,
        version,
        data,
        saved_by,
        now,
    )
    return SavedSettings(version, settings)
