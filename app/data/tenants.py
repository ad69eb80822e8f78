"""All of a shop, to be erased: every table that names one, what refers to others first."""

from collections.abc import Mapping

from app.data.database import Connection, rows_of

# Erased in this order. `compliance_requests` and `audit_log` keep that it was asked for and done.
TABLES = (
    "activity",
    "customers",
    "collection_products",
    "collections",
    "variants",
    "inventory_levels",
    "products",
    "interactions",
    "interaction_batches",
    "interaction_rollups",
    "notifications",
    "journal",
    "events",
    "dead_letters",
    "deliveries",
    "webhook_ids",
    "sync_jobs",
    "api_keys",
    "staff",
    "credentials",
    "rule_versions",
    "rules",
    "settings_versions",
    "settings",
    "compliance_requests",
    "audit_log",
    "shops",
)
_STAYS: Mapping[str, str] = {
    "compliance_requests": "topic = 'shop/redact'",
    "audit_log": "action IN ('received shop/redact', 'erased the shop')",
}
# A row's place on the disk is its fastest name, but not unique over partitions.
_PARTITIONED = frozenset({"deliveries", "interactions"})


async def erase(connection: Connection, shop: str, table: str, limit: int) -> int:
    """A piece of what a table holds of a shop; rows removed."""
    name = "id, received_at" if table in _PARTITIONED else "ctid"
    stays = _STAYS.get(table, "false")
    found = f"SELECT {name} FROM {table} WHERE shop = $1 AND NOT ({stays}) LIMIT $2"
    done: str = await connection.execute(
        f"DELETE FROM {table} WHERE shop = $1 AND ({name}) IN ({found})"
        if table in _PARTITIONED
        else f"DELETE FROM {table} WHERE ctid = ANY(ARRAY({found}))",
        shop,
        limit,
    )
    return rows_of(done)
