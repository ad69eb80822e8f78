-- What tells of buyers, to be found where settings hide it: of all that a shop ever told it is little.
CREATE INDEX notifications_about_buyers ON notifications (shop, occurred_at DESC, id DESC)
    WHERE state = 'published' AND facts ?| '{name,place,country}';
