"""How quick the admin's pages are, in a real browser inside the stand-in for Shopify's admin."""
