"""Ways from a page to somewhere else."""

from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class Link:
    """`is_elsewhere` opens a window of its own."""

    label: str
    url: str
    is_elsewhere: bool = False


def theme_editor(shop_url: str, client_id: str) -> str:
    """The theme editor with Earshot's switch on; the merchant has only to save.

    Source: shopify.dev, "Theme app extensions", deep links to app embeds.
    """
    query = {"context": "apps", "template": "product", "activateAppId": f"{client_id}/earshot"}
    return f"{shop_url.rstrip('/')}/admin/themes/current/editor?{urlencode(query)}"
