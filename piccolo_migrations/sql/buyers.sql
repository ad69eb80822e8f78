-- What orders have in common: the region as the town is kept, and whose they are, by an id that is
-- derived from Shopify's.
ALTER TABLE events ADD COLUMN region text, ADD COLUMN customer uuid;
CREATE INDEX events_of_region ON events (shop, region, occurred_at) WHERE region IS NOT NULL;
CREATE INDEX events_of_buyer ON events (shop, customer, occurred_at) WHERE customer IS NOT NULL;

-- Where earlier orders came from is learned anew: of regions and customers nothing was kept.
SET LOCAL ROLE earshot_system;
UPDATE sync_jobs SET progress = '{}', due_at = now() WHERE kind = 'buyers';
RESET ROLE;

-- Whether it was its customer's first order; NULL where nobody knows.
ALTER TABLE activity ADD COLUMN is_first boolean;
