"""Amounts: strings with two decimals, and the pair of currencies around them."""

from decimal import Decimal
from typing import Any


def amount(value: Decimal) -> str:
    return f"{value:.2f}"


def money_set(value: Decimal, currency: str) -> dict[str, Any]:
    money = {"amount": amount(value), "currency_code": currency}
    return {"shop_money": dict(money), "presentment_money": dict(money)}
