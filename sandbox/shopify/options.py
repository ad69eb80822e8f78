"""Where everything is: the stand-in's own addresses, and the app's."""

from dataclasses import dataclass
from pathlib import Path

API_VERSION = "2026-10"
PROJECT = Path(__file__).resolve().parents[2]
EXTENSION = PROJECT / "storefront_widget" / "extension"
MANIFEST = PROJECT / "shopify.app.toml"


@dataclass(frozen=True)
class Options:
    """`storefronts` maps a shop's domain to the port of its storefront."""

    host: str
    port: int
    storefronts: dict[str, int]
    app_url: str
    stream_url: str
    api_key: str
    api_secret: str
    extension: Path = EXTENSION
    manifest: Path = MANIFEST
    memory: Path | None = None
    """Where installations and tokens are kept over restarts; nowhere, if None."""
    api_version: str = API_VERSION

    @property
    def admin_origin(self) -> str:
        return f"http://{self.host}:{self.port}"

    def storefront_origin(self, shop: str) -> str:
        return f"http://{self.host}:{self.storefronts[shop]}"

    def app_page(self, shop: str, path: str = "/") -> str:
        """The page of the admin that frames the app."""
        tail = "" if path == "/" else path
        return f"{self.admin_origin}/store/{store_name(shop)}/apps/{self.api_key}{tail}"


def store_name(shop: str) -> str:
    return shop.removesuffix(".myshopify.com")
