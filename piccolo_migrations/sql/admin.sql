-- What the admin needs: facts about shops and staff, settings that can be restored, the whole
-- catalogue, work that is due, keys for programs, and requests about privacy with their deadlines.

ALTER TABLE shops
    ADD COLUMN name text,
    ADD COLUMN url text,
    ADD COLUMN currency text,
    ADD COLUMN timezone text,
    ADD COLUMN locale text,
    ADD COLUMN plan text,
    ADD COLUMN facts_at timestamptz,
    -- When Shopify last said, in an ID token, that the shop has the app.
    ADD COLUMN opened_at timestamptz,
    -- When the open pages of a shop that left were told, and Redis forgot it.
    ADD COLUMN parted_at timestamptz,
    ADD COLUMN embed text NOT NULL DEFAULT 'unknown' CHECK (embed IN ('unknown', 'on', 'off')),
    ADD COLUMN embed_at timestamptz,
    ADD COLUMN setup_dismissed_at timestamptz;

-- `member` is Shopify's id of a member of the staff, as in ID tokens.
CREATE TABLE staff (
    shop text NOT NULL REFERENCES shops ON DELETE CASCADE,
    member text NOT NULL,
    name text NOT NULL,
    learned_at timestamptz NOT NULL,
    PRIMARY KEY (shop, member)
);

ALTER TABLE settings_versions ADD COLUMN restores integer;

-- The catalogue --------------------------------------------------------------------------------

-- Shopify's `updated_at` are whole seconds. `told_at`, when Shopify said so, decides within one.
ALTER TABLE products
    ADD COLUMN vendor text NOT NULL DEFAULT '',
    ADD COLUMN product_type text NOT NULL DEFAULT '',
    ADD COLUMN tags text[] NOT NULL DEFAULT '{}',
    -- False where a webhook brought but a part of them: the rest is still to be asked for.
    ADD COLUMN has_all_variants boolean NOT NULL DEFAULT true,
    ADD COLUMN told_at timestamptz NOT NULL DEFAULT '-infinity';
CREATE INDEX products_lacking_variants ON products (shop, id) WHERE NOT has_all_variants;

CREATE TABLE variants (
    shop text NOT NULL,
    id bigint NOT NULL,
    product bigint NOT NULL,
    title text NOT NULL,
    sku text,
    price numeric NOT NULL,
    inventory_item bigint,
    position integer NOT NULL,
    told_at timestamptz NOT NULL,
    PRIMARY KEY (shop, id),
    FOREIGN KEY (shop, product) REFERENCES products (shop, id) ON DELETE CASCADE
);
CREATE INDEX variants_of_product ON variants (shop, product);
CREATE INDEX variants_of_item ON variants (shop, inventory_item);

-- `available` is null where the item is no longer stocked: the row is then a tombstone.
CREATE TABLE inventory_levels (
    shop text NOT NULL,
    inventory_item bigint NOT NULL,
    location bigint NOT NULL,
    available integer,
    updated_at timestamptz NOT NULL,
    told_at timestamptz NOT NULL,
    PRIMARY KEY (shop, inventory_item, location)
);

-- Webhooks do not say what is in a collection: `has_all_members` is false until that was asked.
CREATE TABLE collections (
    shop text NOT NULL,
    id bigint NOT NULL,
    title text NOT NULL,
    handle text NOT NULL,
    updated_at timestamptz NOT NULL,
    told_at timestamptz NOT NULL,
    deleted_at timestamptz,
    has_all_members boolean NOT NULL DEFAULT false,
    PRIMARY KEY (shop, id)
);
CREATE INDEX collections_lacking_members ON collections (shop, id) WHERE NOT has_all_members;

CREATE TABLE collection_products (
    shop text NOT NULL,
    collection bigint NOT NULL,
    product bigint NOT NULL,
    PRIMARY KEY (shop, collection, product),
    FOREIGN KEY (shop, collection) REFERENCES collections (shop, id) ON DELETE CASCADE
);
CREATE INDEX collections_of_product ON collection_products (shop, product);

-- Work that is due -----------------------------------------------------------------------------

-- One row per shop and kind of work. Whoever takes it holds it until `leased_until`, so that another
-- takes over when it dies; `progress` says where to go on, and what came of it.
CREATE TABLE sync_jobs (
    shop text NOT NULL REFERENCES shops ON DELETE CASCADE,
    kind text NOT NULL,
    due_at timestamptz NOT NULL,
    leased_until timestamptz,
    progress jsonb NOT NULL DEFAULT '{}',
    attempts integer NOT NULL DEFAULT 0,
    problem text,
    started_at timestamptz,
    finished_at timestamptz,
    PRIMARY KEY (shop, kind)
);
CREATE INDEX sync_jobs_due ON sync_jobs (due_at);

-- What the app needed when it got its grant, and whether the merchant has granted others since.
ALTER TABLE credentials
    ADD COLUMN wanted text[] NOT NULL DEFAULT '{}',
    ADD COLUMN scopes_changed_at timestamptz;

-- What Shopify says of the installation itself is `due` when it comes and `settled` by its own
-- worker, which waits for nobody.
ALTER TABLE deliveries DROP CONSTRAINT deliveries_state_check;
ALTER TABLE deliveries ADD CONSTRAINT deliveries_state_check
    CHECK (state IN ('accepted', 'held', 'ignored', 'parked', 'due', 'settled'));
CREATE INDEX deliveries_due ON deliveries (id) WHERE state = 'due';

-- How recent each topic's last delivery is, without reading all of a shop's.
DROP INDEX deliveries_by_shop;
CREATE INDEX deliveries_by_topic ON deliveries (shop, topic, received_at);

-- Programs -------------------------------------------------------------------------------------

CREATE TABLE api_keys (
    shop text NOT NULL REFERENCES shops ON DELETE CASCADE,
    id uuid NOT NULL,
    name text NOT NULL,
    hash bytea NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at timestamptz,
    PRIMARY KEY (shop, id)
);
CREATE UNIQUE INDEX api_keys_by_id ON api_keys (id);

-- Finding ---------------------------------------------------------------------------------------

-- A title as it is searched: without accents and case, as far as Postgres knows them by itself.
CREATE FUNCTION searchable(title text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(regexp_replace(normalize(title, NFKD), '[\u0300-\u036f]', '', 'g'));

ALTER TABLE notifications
    ADD COLUMN search text GENERATED ALWAYS AS (searchable(facts #>> '{product,title}')) STORED;
-- What is new, or has changed, since a page was read.
CREATE INDEX notifications_by_change ON notifications (shop, updated_at);

-- Privacy --------------------------------------------------------------------------------------

-- A request of Shopify's compliance topics. It outlives its shop: the deadline holds all the same.
-- `detail` names whoever it is about until it is done, `export` is JSON for the merchant.
CREATE TABLE compliance_requests (
    shop text NOT NULL,
    webhook_id text NOT NULL,
    topic text NOT NULL,
    detail jsonb NOT NULL,
    said_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    next_at timestamptz NOT NULL,
    leased_until timestamptz,
    done_at timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    problem text,
    export bytea,
    PRIMARY KEY (shop, webhook_id)
);
CREATE INDEX compliance_requests_open ON compliance_requests (due_at) WHERE done_at IS NULL;

-- A buyer's town, as orders spell it, in lower case behind the country's code: `FR lyon`. It says
-- whether enough buyers share it to be told; null where unknown or erased.
ALTER TABLE events ADD COLUMN town text;
CREATE INDEX events_of_town ON events (shop, town, occurred_at) WHERE town IS NOT NULL;

SELECT protect_tenants_of(tenant_table) FROM unnest(ARRAY[
    'staff', 'variants', 'inventory_levels', 'collections', 'collection_products',
    'sync_jobs', 'api_keys', 'compliance_requests'
]::regclass[]) AS tenant_table;
