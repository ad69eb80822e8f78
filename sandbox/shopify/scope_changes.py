"""Optional scopes, asked for and given back while the app is open."""

from sandbox.shopify.merchants.consents import Consents
from sandbox.shopify.refusals import Refused
from sandbox.shopify.state.apps import App
from sandbox.shopify.state.shops import Shop


def details(app: App, shop: Shop) -> dict[str, list[str]]:
    """As `shopify.scopes.query()` tells it."""
    granted = shop.installation.scopes if shop.installation else ()
    return {
        "granted": list(granted),
        "required": list(app.scopes),
        "optional": list(app.optional_scopes),
    }


def insist_on_optional(app: App, scopes: list[str]) -> None:
    """Raises Refused for a scope that the manifest does not name as optional."""
    if unknown := [name for name in scopes if name not in app.optional_scopes]:
        raise Refused(f"{', '.join(unknown)}: not among the app's optional_scopes.")


def add(consents: Consents, app: App, shop: Shop, scopes: list[str]) -> None:
    insist_on_optional(app, scopes)
    if shop.installation is not None:
        consents.grant(shop, tuple(dict.fromkeys((*shop.installation.scopes, *scopes))))


def revoke(consents: Consents, app: App, shop: Shop, scopes: list[str]) -> None:
    insist_on_optional(app, scopes)
    if shop.installation is not None:
        kept = tuple(name for name in shop.installation.scopes if name not in scopes)
        consents.grant(shop, kept)
