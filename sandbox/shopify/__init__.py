"""A stateful stand-in for Shopify: admin, Admin API, webhooks, storefronts and a control page."""
