-- What orders have in common: the region as the town is kept, and whose they are, by an id that is
-- derived from Shopify's.
ALTER TABLE events ADD COLUMN region text, ADD COLUMN customer uuid;
CREATE INDEX events_of_region ON events (shop, region, occurred_at) WHERE region IS NOT NULL;
CREATE INDEX events_of_buyer ON events (shop, customer, occurred_at) WHERE customer IS NOT NULL;

-- Whether it was its customer's first order; NULL where nobody knows.
ALTER TABLE activity ADD COLUMN is_first boolean;
