"""Which origins may read an answer.

The API may be asked from anywhere: no cookie opens it, and whoever holds a token or a key may use
it, such as extensions of the admin, which live on an origin of Shopify's. Pages are for us alone.
"""

ANYONE = {"Access-Control-Allow-Origin": "*"}
HEADERS = {
    **ANYONE,
    "Access-Control-Allow-Headers": "Authorization, Content-Type, If-Match",
    "Access-Control-Allow-Methods": "GET, PUT, POST, OPTIONS",
    "Access-Control-Expose-Headers": "ETag, X-Shopify-API-Request-Failure-Reauthorize-Url",
    "Access-Control-Max-Age": "7200",
}


def headers_of(path: str) -> dict[str, str]:
    """For an answer that no handler gave: also a refusal may be read."""
    return ANYONE if path.startswith(("/storefront/", "/api/v1/")) else {}
