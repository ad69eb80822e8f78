-- What is needed to make a shop's derived tables anew, equal to what they were.

-- Every version of every rule. `number` rises with each save of a shop's rules, so that one number
-- says which versions were in force.
CREATE TABLE rule_versions (
    shop text NOT NULL REFERENCES shops ON DELETE CASCADE,
    number bigint GENERATED ALWAYS AS IDENTITY,
    rule uuid NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL,
    enabled boolean NOT NULL,
    data jsonb NOT NULL,
    saved_by text,
    saved_at timestamptz NOT NULL,
    PRIMARY KEY (shop, number),
    UNIQUE (shop, rule, version)
);

-- What was done to derived rows, in order. Of an event: when it was worked off, by which rules and
-- settings, and what was looked up for it. Of all else that changed a notification: what it was.
-- `deed` names ids and facts about goods only.
CREATE TABLE journal (
    shop text NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL,
    deed jsonb NOT NULL,
    PRIMARY KEY (shop, id)
);

SELECT protect_tenants_of(tenant_table) FROM unnest(ARRAY[
    'rule_versions', 'journal'
]::regclass[]) AS tenant_table;

-- Rules that were saved before begin with the version that they have now.
SET LOCAL ROLE earshot_system;
INSERT INTO rule_versions (shop, rule, version, kind, enabled, data, saved_by, saved_at)
SELECT shop, id, version, kind, enabled, data, updated_by, coalesce(updated_at, created_at)
FROM rules ORDER BY shop, created_at;
RESET ROLE;
