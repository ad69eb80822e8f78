"""Prices for people and for the Ajax API."""

from decimal import Decimal

from sandbox.shopify.state.shops import Shop


def minor_units(price: Decimal) -> int:
    return int(price * 100)


def shown(shop: Shop, price: Decimal) -> str:
    """`€32.00`, `1 490 kr`."""
    no_decimals = f"{price:,.0f}".replace(",", "\u00a0")
    known = {"{{amount}}": f"{price:.2f}", "{{amount_no_decimals}}": no_decimals}
    text = shop.money_format
    for placeholder, value in known.items():
        text = text.replace(placeholder, value)
    return text
