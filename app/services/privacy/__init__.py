"""Works off what privacy laws make Shopify ask for: request by request, in small transactions."""
