"""Ids beyond 2^53, as Shopify's are: whoever reads them as a float is found out."""

import hashlib
import time

_FIRST = 2**53
_LAST = 2**63


def stable_id(*names: str) -> int:
    """The same id for the same names in every run, so that seeding again updates."""
    digest = hashlib.sha256("/".join(names).encode()).digest()
    return _FIRST + int.from_bytes(digest[:8], "big") % (_LAST - _FIRST)


class FreshIds:
    """Growing ids that no earlier run of the stand-in has given out."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> int:
        self._last = max(self._last + 1, time.time_ns())
        return self._last
