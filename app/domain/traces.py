"""Whether bytes mention a customer, however they are spelled there."""

import re
from collections.abc import Iterable

from app.domain.compliance import Customer

# As a whole: shorter numbers are part of many.
_NUMBER = re.compile(rb"\d+")
_ESCAPED = re.compile(rb"\\u00([0-7][0-9a-f])")
_BETWEEN_DIGITS = rb"[\s().\-]{0,2}"
# A number is written with or without its country: its end is what is the same.
_TELLING_DIGITS = 9
_FEWEST_DIGITS = 7


class Traces:
    """Looks for a customer's id, e-mail address and phone number, and for the ids of their orders.

    What is found too much does no harm: of whatever mentions somebody the facts about goods are
    kept.
    """

    def __init__(self, customer: Customer, orders: Iterable[int] = ()) -> None:
        self._customer = {b"%d" % customer.id} if customer.id is not None else set()
        self._spellings = [*_email(customer.email), *_phone(customer.phone)]
        self._orders = {b"%d" % order for order in orders}

    def are_in(self, body: bytes) -> bool:
        """Whether the customer or one of the orders is mentioned."""
        text = _plain(body)
        return self._names_the_customer(text) or _is_any_in(self._orders, text)

    def name_the_customer_in(self, body: bytes) -> bool:
        """Whether the customer is mentioned, whatever the orders."""
        return self._names_the_customer(_plain(body))

    def _names_the_customer(self, text: bytes) -> bool:
        is_spelled = any(spelling.search(text) for spelling in self._spellings)
        return is_spelled or _is_any_in(self._customer, text)


def _plain(body: bytes) -> bytes:
    """In lower case, and without the escapes that JSON allows for what needs none."""
    return _ESCAPED.sub(lambda escape: bytes([int(escape[1], 16)]), body.lower())


def _is_any_in(numbers: set[bytes], text: bytes) -> bool:
    return bool(numbers) and not numbers.isdisjoint(_NUMBER.findall(text))


def _email(address: str | None) -> list[re.Pattern[bytes]]:
    """Also as it stands in addresses of pages."""
    plain = (address or "").strip().lower()
    if "@" not in plain:
        return []
    return [re.compile(re.escape(each.encode())) for each in (plain, plain.replace("@", "%40"))]


def _phone(number: str | None) -> list[re.Pattern[bytes]]:
    digits = re.sub(r"[^0-9]", "", number or "")
    if len(digits) < _FEWEST_DIGITS:
        return []
    telling = (digit.encode() for digit in digits[-_TELLING_DIGITS:])
    return [re.compile(_BETWEEN_DIGITS.join(telling) + rb"(?!\d)")]
