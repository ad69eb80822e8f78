-- What shoppers may hear beyond single orders.

-- Sign-ups and announcements are about no product.
ALTER TABLE notifications ALTER COLUMN product DROP NOT NULL;

-- Each rule's word on an event, beside the one that sums them up.
ALTER TABLE events ADD COLUMN decisions jsonb NOT NULL DEFAULT '{}';

-- A rule that is removed stays, switched off: what it said is in the history.
-- What rules decided lately, and what a rehearsal plays.
CREATE INDEX events_of_late ON events (shop, received_at);

ALTER TABLE rules
    ADD COLUMN updated_at timestamptz,
    ADD COLUMN updated_by text,
    ADD COLUMN removed boolean NOT NULL DEFAULT false;

-- Orders and carts by product, from which counts are made: `event` is what says that one counts, or
-- does not any more.
CREATE TABLE activity (
    shop text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('order', 'cart')),
    product bigint NOT NULL,
    entity text NOT NULL,
    event uuid NOT NULL,
    counts boolean NOT NULL,
    occurred_at timestamptz NOT NULL,
    country text,
    channel text NOT NULL DEFAULT 'other',
    PRIMARY KEY (shop, kind, product, entity)
);
CREATE INDEX activity_lately ON activity (shop, kind, product, occurred_at) WHERE counts;
CREATE INDEX activity_of_entity ON activity (shop, entity);

-- That there is one, how often it bought and what it is tagged with: nothing of who it is. The id is
-- derived from Shopify's, which would name somebody.
CREATE TABLE customers (
    shop text NOT NULL,
    id uuid NOT NULL,
    orders integer,
    tags text[] NOT NULL DEFAULT '{}',
    deleted_at timestamptz,
    PRIMARY KEY (shop, id)
);

-- No notification is there without the stored events that prove it, whoever writes it: asked when
-- the transaction ends, since an event may be stored after what it led to.
CREATE FUNCTION require_stored_proof() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM unnest(NEW.proof) AS proving
        WHERE NOT EXISTS (SELECT FROM public.events WHERE shop = NEW.shop AND id = proving)
    ) THEN
        RAISE EXCEPTION 'notification % names an event that is not stored', NEW.id
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER notifications_have_stored_proof
    AFTER INSERT OR UPDATE OF proof ON notifications
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION require_stored_proof();

SELECT protect_tenants_of(tenant_table) FROM unnest(ARRAY[
    'activity', 'customers'
]::regclass[]) AS tenant_table;
