"""Which sites may frame a page, and what a page may load.

Source: shopify.dev, "Set up iframe protection": the shop's own domain and the admin, per request.
"""

from urllib.parse import urlsplit

from app.config import Settings


def headers(settings: Settings, shop: str | None) -> dict[str, str]:
    """Of a document that App Bridge is not in; `shop` must come from a verified token or be checked
    for its form.
    """
    ancestors = _ancestors(settings, shop) if shop else "'none'"
    bridge = _origin(settings.app_bridge_url)
    policy = {
        "frame-ancestors": ancestors,
        "default-src": "'self'",
        "script-src": f"'self' {bridge}",
        # App Bridge draws its own elements with inline styles.
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "* data:",
        "connect-src": f"'self' {bridge} https://*.shopify.com",
        "frame-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
    }
    return {
        "Content-Security-Policy": _policy(policy),
        "Cache-Control": "no-store",
        "Referrer-Policy": "origin",
        "X-Content-Type-Options": "nosniff",
    }


def bridged_headers(settings: Settings, shop: str | None) -> dict[str, str]:
    """Of a document that loads App Bridge, which the browser then fetches as early as it can."""
    url = settings.app_bridge_url
    early = f'<{_origin(url)}>; rel="preconnect", <{url}>; rel="preload"; as="script"'
    return {**headers(settings, shop), "Link": early}


def preview_headers(settings: Settings, shop: str | None) -> dict[str, str]:
    """Headers of the page in which a page of ours tries settings out; that is in the admin itself,
    so all around it are named. It may load the widget and pictures, and speak to nobody.
    """
    around = f" {_ancestors(settings, shop)}" if shop else ""
    policy = {
        "frame-ancestors": f"'self'{around}",
        "default-src": "'none'",
        "script-src": "'self'",
        # The widget styles what it draws in its own shadow root.
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "* data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return {
        "Content-Security-Policy": _policy(policy),
        "Cache-Control": "no-cache",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }


def _policy(parts: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in parts.items())


def _ancestors(settings: Settings, shop: str) -> str:
    return f"https://{shop} {_origin(settings.shopify_admin_url)}"


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
