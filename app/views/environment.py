"""What every template may use."""

from jinja2 import Environment, StrictUndefined

from app.domain import shops
from app.views import assets, bundles, numbers

Templates = Environment


def configure(environment: Environment) -> None:
    """Prepare a Jinja environment before its first template is loaded."""
    environment.autoescape = True
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.undefined = StrictUndefined  # a missing value is a mistake, not an empty page
    environment.globals.update(
        static=assets.static, integrity=assets.integrity, bundle=bundles.address
    )
    environment.filters.update(number=numbers.grouped, shop_name=shops.display_name)
