-- Every tenant table names its shop first, and has the same two policies: a merchant's request
-- sees its own shop and nothing without one; intake, relay and upkeep see all. Nobody else,
-- the owner included, sees a row.

CREATE FUNCTION protect_tenants_of(tenant_table regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
        'CREATE POLICY tenant ON %s TO earshot_request '
        'USING (shop = (SELECT nullif(current_setting(''app.shop'', true), ''''))) '
        'WITH CHECK (shop = (SELECT nullif(current_setting(''app.shop'', true), '''')))',
        tenant_table
    );
    EXECUTE format(
        'CREATE POLICY system ON %s TO earshot_system USING (true) WITH CHECK (true)', tenant_table
    );
    EXECUTE format(
        'GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO earshot_request, earshot_system', tenant_table
    );
END
$$;

-- Shops and what their merchants wish ----------------------------------------------------------

CREATE TABLE shops (
    shop text PRIMARY KEY,
    state text NOT NULL CHECK (state IN ('installed', 'uninstalled')),
    installed_at timestamptz NOT NULL,
    uninstalled_at timestamptz
);

CREATE TABLE settings (
    shop text PRIMARY KEY REFERENCES shops ON DELETE CASCADE,
    version integer NOT NULL DEFAULT 1,
    data jsonb NOT NULL,
    updated_at timestamptz NOT NULL
);

CREATE TABLE settings_versions (
    shop text NOT NULL REFERENCES shops ON DELETE CASCADE,
    version integer NOT NULL,
    data jsonb NOT NULL,
    saved_by text NOT NULL,
    saved_at timestamptz NOT NULL,
    PRIMARY KEY (shop, version)
);

CREATE TABLE rules (
    shop text NOT NULL REFERENCES shops ON DELETE CASCADE,
    id uuid NOT NULL,
    kind text NOT NULL,
    enabled boolean NOT NULL,
    data jsonb NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (shop, id)
);

CREATE TABLE audit_log (
    shop text NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    detail jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (shop, id)
);

-- The inbox ------------------------------------------------------------------------------------

-- Deduplicates deliveries on its own, so that the deliveries themselves can be partitioned.
CREATE TABLE webhook_ids (
    shop text NOT NULL,
    webhook_id text NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop, webhook_id)
);
CREATE INDEX webhook_ids_by_age ON webhook_ids (received_at);

-- `xid` is the transaction that brought the row: following (xid, id) behind the oldest running
-- transaction never skips a late commit.
CREATE TABLE deliveries (
    shop text NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    webhook_id text NOT NULL,
    topic text NOT NULL,
    api_version text NOT NULL,
    triggered_at timestamptz,
    received_at timestamptz NOT NULL DEFAULT now(),
    headers jsonb NOT NULL,
    body bytea NOT NULL,
    state text NOT NULL DEFAULT 'accepted'
        CHECK (state IN ('accepted', 'held', 'ignored', 'parked')),
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (id, received_at)
) PARTITION BY RANGE (received_at);
CREATE INDEX deliveries_in_commit_order ON deliveries (xid, id);
CREATE INDEX deliveries_by_shop ON deliveries (shop, received_at);
CREATE INDEX deliveries_held ON deliveries (shop, id) WHERE state = 'held';

-- What happened, and what shoppers hear --------------------------------------------------------

CREATE TABLE events (
    shop text NOT NULL,
    id uuid NOT NULL,
    type text NOT NULL,
    version integer NOT NULL,
    entity text NOT NULL,
    entity_updated_at timestamptz NOT NULL,
    occurred_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    delivery_id bigint NOT NULL,
    webhook_id text NOT NULL,
    topic text NOT NULL,
    data jsonb NOT NULL,
    verdict text NOT NULL,
    PRIMARY KEY (shop, id)
);
CREATE INDEX events_of_entity ON events (shop, entity, entity_updated_at DESC);

-- `proof` holds the ids of the events that prove the notification: none is published without.
CREATE TABLE notifications (
    shop text NOT NULL,
    id uuid NOT NULL,
    rule uuid NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    source text NOT NULL,
    product bigint NOT NULL,
    revision integer NOT NULL,
    state text NOT NULL CHECK (state IN ('published', 'retracted')),
    reason text CHECK ((reason IS NOT NULL) = (state = 'retracted')),
    facts jsonb NOT NULL,
    proof uuid[] NOT NULL CHECK (cardinality(proof) > 0),
    occurred_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (shop, id),
    UNIQUE (shop, rule, subject),
    FOREIGN KEY (shop, rule) REFERENCES rules (shop, id) ON DELETE CASCADE
);
CREATE INDEX notifications_newest ON notifications (shop, occurred_at DESC, id DESC);
CREATE INDEX notifications_of_source ON notifications (shop, source);
CREATE INDEX notifications_of_product ON notifications (shop, product);

CREATE TABLE dead_letters (
    shop text NOT NULL,
    id uuid NOT NULL,
    worker text NOT NULL,
    delivery_id bigint,
    event_id uuid,
    message bytea NOT NULL,
    reason text NOT NULL,
    trace text NOT NULL,
    parked_at timestamptz NOT NULL,
    PRIMARY KEY (shop, id)
);

-- What shoppers did ----------------------------------------------------------------------------

CREATE TABLE interaction_batches (
    shop text NOT NULL,
    batch uuid NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop, batch)
);
CREATE INDEX interaction_batches_by_age ON interaction_batches (received_at);

CREATE TABLE interactions (
    shop text NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    batch uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('impression', 'click', 'dismissal')),
    notification uuid NOT NULL,
    revision integer NOT NULL,
    rule uuid NOT NULL,
    occurred_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (id, received_at)
) PARTITION BY RANGE (received_at);
CREATE INDEX interactions_in_commit_order ON interactions (xid, id);
CREATE INDEX interactions_of_notification ON interactions (shop, notification);

CREATE TABLE interaction_rollups (
    shop text NOT NULL,
    rule uuid NOT NULL,
    notification uuid NOT NULL,
    hour timestamptz NOT NULL,
    kind text NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (shop, notification, rule, hour, kind)
);
CREATE INDEX interaction_rollups_by_hour ON interaction_rollups (shop, hour);

-- The catalogue --------------------------------------------------------------------------------

CREATE TABLE products (
    shop text NOT NULL,
    id bigint NOT NULL,
    title text NOT NULL,
    handle text NOT NULL,
    published boolean NOT NULL,
    image text,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    PRIMARY KEY (shop, id)
);

SELECT protect_tenants_of(tenant_table) FROM unnest(ARRAY[
    'shops', 'settings', 'settings_versions', 'rules', 'audit_log',
    'webhook_ids', 'deliveries', 'events', 'notifications', 'dead_letters',
    'interaction_batches', 'interactions', 'interaction_rollups', 'products'
]::regclass[]) AS tenant_table;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO earshot_request, earshot_system;

-- No tenant's: where a follower of deliveries or interactions stands ---------------------------

CREATE TABLE cursors (
    name text PRIMARY KEY,
    xid xid8 NOT NULL,
    id bigint NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON cursors TO earshot_system;
INSERT INTO cursors (name, xid, id) VALUES ('relay', '0', 0), ('tally', '0', 0);

-- A month's partition of a table, made ahead of time; safe to repeat. Direct access to a partition
-- stays closed to both roles: they come through its parent, where the policies are.
CREATE FUNCTION ensure_partition(parent regclass, month date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    partition_name text := format('%s_%s', parent, to_char(month, 'YYYY_MM'));
    first_day date := date_trunc('month', month);
BEGIN
    IF to_regclass(partition_name) IS NULL THEN
        EXECUTE format(
            'CREATE TABLE %I PARTITION OF %s FOR VALUES FROM (%L) TO (%L)',
            partition_name, parent,
            first_day::timestamp AT TIME ZONE 'UTC',
            (first_day + interval '1 month')::timestamp AT TIME ZONE 'UTC'
        );
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', partition_name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', partition_name);
    END IF;
EXCEPTION WHEN duplicate_table THEN
    NULL; -- another process made it at the same moment
END
$$;
REVOKE ALL ON FUNCTION ensure_partition(regclass, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ensure_partition(regclass, date) TO earshot_system;
REVOKE ALL ON FUNCTION protect_tenants_of(regclass) FROM PUBLIC;
