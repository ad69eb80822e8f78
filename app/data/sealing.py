"""Encrypts what must not be read off a disk: AES-256-GCM, the key's id in front.

A sealed value belongs to its shop and column, so it opens nowhere else.
"""

import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12  # bytes, as GCM wants it


class SealBroken(Exception):
    """A sealed value was made with a key that is no longer here, or was tampered with."""


class Vault:
    """Seals with the newest key, opens with whichever made the seal."""

    def __init__(self, keys: Sequence[tuple[str, bytes]]) -> None:
        self.newest = keys[0][0]
        self._keys = {key_id: AESGCM(key) for key_id, key in keys}

    def seal(self, text: str, *, shop: str, column: str) -> bytes:
        nonce = os.urandom(_NONCE)
        sealed = self._keys[self.newest].encrypt(nonce, text.encode(), _belongs_to(shop, column))
        return self.newest.encode() + b":" + nonce + sealed

    def open(self, sealed: bytes, *, shop: str, column: str) -> str:
        """Raises SealBroken."""
        key_id, _, rest = sealed.partition(b":")
        key = self._keys.get(key_id.decode("ascii", "replace"))
        if key is None:
            raise SealBroken("The value was sealed with a key that ENCRYPTION_KEYS does not hold.")
        try:
            opened = key.decrypt(rest[:_NONCE], rest[_NONCE:], _belongs_to(shop, column))
        except (InvalidTag, ValueError) as error:
            raise SealBroken("The sealed value is not what was stored.") from error
        return opened.decode()

    def is_newest(self, sealed: bytes) -> bool:
        """Whether the newest key made the seal, so that older keys may go."""
        return sealed.startswith(self.newest.encode() + b":")


def _belongs_to(shop: str, column: str) -> bytes:
    return f"{shop} {column}".encode()
