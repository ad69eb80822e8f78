"""What merchants do besides selling: goods, stock, customers, and the app itself."""

from sandbox.shopify.admin_api.tokens import Tokens
from sandbox.shopify.state.customers import Customer
from sandbox.shopify.state.moments import later_than
from sandbox.shopify.state.products import Product
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.state.world import World
from sandbox.shopify.tills import set_stock
from sandbox.shopify.webhooks.announcements import Announcer


class Merchant:
    def __init__(self, world: World, announcer: Announcer, tokens: Tokens) -> None:
        self._world = world
        self._announcer = announcer
        self._tokens = tokens

    def edit_product(
        self, shop: Shop, product: Product, title: str | None, status: str | None
    ) -> None:
        product.title = title or product.title
        product.status = status or product.status
        product.updated_at = later_than(product.updated_at)
        self._announcer.product(shop, "products/update", product)

    def set_stock(self, shop: Shop, product: Product, available: int) -> None:
        """Of the product's first variant."""
        variant = product.variants[0]
        set_stock(variant, available)
        self._announcer.stock(shop, variant)

    def sign_up(self, shop: Shop, customer: Customer) -> None:
        self._world.customers(shop.domain).append(customer)
        self._announcer.customer(shop, "customers/create", customer)

    def uninstall(self, shop: Shop) -> None:
        """Tokens die at once; the app hears of it by one last webhook."""
        shop.installed = False
        self._tokens.revoke(shop.domain)
        self._announcer.uninstalled(shop)

    def install(self, shop: Shop) -> None:
        """The merchant's consent; the app notices when it is opened next."""
        shop.installed = True
