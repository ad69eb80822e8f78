"""A merchant's consent to the app, from installing to uninstalling."""

from sandbox.shopify.admin_api.tokens import Tokens
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.state.world import World
from sandbox.shopify.webhooks import payloads
from sandbox.shopify.webhooks.announcements import Announcer


class Consents:
    def __init__(self, world: World, announcer: Announcer, tokens: Tokens) -> None:
        self._world = world
        self._announcer = announcer
        self._tokens = tokens

    def install(self, shop: Shop, scopes: tuple[str, ...] | None = None) -> None:
        """The merchant's consent, to what the manifest asks for, or to `scopes` by code.

        The app notices when it is opened next.
        """
        if shop.installation is None:
            shop.installation = self._world.new_installation()
        if scopes is not None:
            shop.installation.scopes = scopes
            shop.installation.by_code = True

    def missing(self, shop: Shop) -> list[str]:
        """What the app asks for by now and the merchant has not granted."""
        granted = shop.installation.scopes if shop.installation else ()
        return [name for name in self._world.app.scopes if name not in granted]

    def agree(self, shop: Shop) -> None:
        """To what the released app asks for; what it no longer asks for is taken from it."""
        if shop.installation is not None and not shop.installation.by_code:
            app = self._world.app
            kept = [one for one in shop.installation.scopes if one in app.optional_scopes]
            self.grant(shop, tuple(dict.fromkeys((*app.scopes, *kept))))

    def grant(self, shop: Shop, scopes: tuple[str, ...]) -> None:
        """Instead of what was granted before; the app hears of a change."""
        installation = shop.installation
        if installation is None or set(installation.scopes) == set(scopes):
            return
        previous, installation.scopes = installation.scopes, scopes
        body = payloads.shops.scopes_update(shop, installation, previous)
        self._announcer.announce(shop, ("app/scopes_update", body))

    def uninstall(self, shop: Shop) -> None:
        """Tokens die at once, the embed leaves the theme, and one last webhook tells the app."""
        self._announcer.announce(shop, ("app/uninstalled", payloads.shops.shop(shop)))
        shop.installation = None
        shop.embed_active = False
        self._tokens.revoke(shop.domain)
