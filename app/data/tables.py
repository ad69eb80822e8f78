"""The tables as Piccolo sees them; the migrations' SQL is the truth about policies and indexes.

Columns named `data`, `facts` or `detail` hold JSON text that the modules of this room decode into
the structs of `domain/`.
"""

from piccolo.columns import (
    JSONB,
    UUID,
    Array,
    BigInt,
    Boolean,
    Integer,
    Text,
    Timestamptz,
)
from piccolo.table import Table

from app.data.engine import ENGINE


class ShopRow(Table, tablename="shops", db=ENGINE):
    shop = Text(primary_key=True)
    state = Text()
    installed_at = Timestamptz()
    uninstalled_at = Timestamptz(null=True, default=None)


class SettingsRow(Table, tablename="settings", db=ENGINE):
    shop = Text(primary_key=True)
    version = Integer()
    data = JSONB()
    updated_at = Timestamptz()


class SettingsVersionRow(Table, tablename="settings_versions", db=ENGINE):
    shop = Text(primary_key=True)
    version = Integer()
    data = JSONB()
    saved_by = Text()
    saved_at = Timestamptz()


class RuleRow(Table, tablename="rules", db=ENGINE):
    shop = Text()
    id = UUID(primary_key=True)
    kind = Text()
    enabled = Boolean()
    data = JSONB()
    version = Integer()
    removed = Boolean()
    created_at = Timestamptz()


class AuditRow(Table, tablename="audit_log", db=ENGINE):
    shop = Text(primary_key=True)
    at = Timestamptz()
    actor = Text()
    action = Text()
    detail = JSONB()


class EventRow(Table, tablename="events", db=ENGINE):
    shop = Text()
    id = UUID(primary_key=True)
    type = Text()
    version = Integer()
    entity = Text()
    entity_updated_at = Timestamptz()
    occurred_at = Timestamptz()
    received_at = Timestamptz()
    delivery_id = BigInt()
    webhook_id = Text()
    topic = Text()
    data = JSONB()
    verdict = Text()


class NotificationRow(Table, tablename="notifications", db=ENGINE):
    shop = Text()
    id = UUID(primary_key=True)
    rule = UUID()
    kind = Text()
    subject = Text()
    source = Text()
    product = BigInt(null=True, default=None)
    revision = Integer()
    state = Text()
    reason = Text(null=True, default=None)
    facts = JSONB()
    proof = Array(base_column=UUID())
    occurred_at = Timestamptz()
    created_at = Timestamptz()
    updated_at = Timestamptz()


class ProductRow(Table, tablename="products", db=ENGINE):
    shop = Text()
    id = BigInt(primary_key=True)
    title = Text()
    handle = Text()
    published = Boolean()
    image = Text(null=True, default=None)
    updated_at = Timestamptz()
    deleted_at = Timestamptz(null=True, default=None)


class DeadLetterRow(Table, tablename="dead_letters", db=ENGINE):
    shop = Text()
    id = UUID(primary_key=True)
    worker = Text()
    delivery_id = BigInt(null=True, default=None)
    event_id = UUID(null=True, default=None)
    reason = Text()
    trace = Text()
    parked_at = Timestamptz()


ALL: list[type[Table]] = [
    ShopRow,
    SettingsRow,
    SettingsVersionRow,
    RuleRow,
    AuditRow,
    EventRow,
    NotificationRow,
    ProductRow,
    DeadLetterRow,
]
