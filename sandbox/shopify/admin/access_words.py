"""Access scopes in a merchant's words, as the consent screen lists them."""

from collections.abc import Iterable

_THINGS = {
    "customers": ("Customers", "names, e-mail addresses and towns"),
    "inventory": ("Inventory", "how many of each product are left"),
    "locales": ("Languages", "the languages of your store"),
    "locations": ("Locations", "where your goods are kept"),
    "orders": ("Orders", "what was bought, when and by whom"),
    "products": ("Products", "titles, pictures, prices and collections"),
    "themes": ("Themes", "which theme is published and how it is set"),
}


def told(scopes: Iterable[str]) -> list[dict[str, str]]:
    """One entry per scope; one without words of its own is named as it is."""
    return [_told(scope) for scope in scopes]


def _told(scope: str) -> dict[str, str]:
    verb, _, thing = scope.partition("_")
    name, what = _THINGS.get(thing, (thing.replace("_", " ").capitalize(), scope))
    return {"verb": "Edit" if verb == "write" else "View", "name": name, "what": what}
