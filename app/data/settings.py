"""A shop's settings, with every version that was saved."""

from datetime import datetime

import msgspec

from app.data.database import Connection
from app.data.tables import SettingsRow
from app.domain.settings import SavedSettings, ShopSettings


async def current(shop: str) -> SavedSettings:
    """What was saved last, or the defaults as version 0."""
    row = await SettingsRow.select().where(SettingsRow.shop == shop).first()
    if row is None:
        return SavedSettings(0, ShopSettings())
    return SavedSettings(row["version"], msgspec.json.decode(row["data"], type=ShopSettings))


async def save(
    connection: Connection, shop: str, settings: ShopSettings, saved_by: str, now: datetime
) -> SavedSettings:
    """Stores the settings as the next version."""
    data = msgspec.json.encode(settings).decode()
    version = await connection.fetchval(
        "INSERT INTO settings (shop, version, data, updated_at) VALUES ($1, 1, $2, $3)"
        " ON CONFLICT (shop) DO UPDATE"
        " SET version = settings.version + 1, data = $2, updated_at = $3"
        " RETURNING version",
        shop,
        data,
        now,
    )
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
