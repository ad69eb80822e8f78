"""Who asks what of Admin GraphQL: the context that every field is answered in."""

from dataclasses import dataclass

from sandbox.shopify.stand_in import StandIn
from sandbox.shopify.state.installations import Installation
from sandbox.shopify.state.shops import Shop


@dataclass(frozen=True)
class Call:
    """`scopes` are those of the token, as far as the merchant still grants them."""

    stand_in: StandIn
    shop: Shop
    installation: Installation
    scopes: frozenset[str]

    @property
    def origin(self) -> str:
        """The storefront's, where pages and pictures are."""
        return self.stand_in.options.storefront_origin(self.shop.domain)
