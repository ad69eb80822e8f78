"""Keys for programs: `earshot_<id>_<secret>`, of which only the secret's hash is kept.

The id in front says which row to look at, and the fixed beginning lets scanners find a key that was
published by mistake. The secret has 256 random bits, so a plain SHA-256 is no weaker than itself.
"""

import hashlib
import hmac
import re
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

SECRET_BYTES = 32
MOST = 50  # in use per shop
PREFIX = "earshot_"

# How exactly the last use is known: a busy program must not write a row with each request.
USE_NOTED_EVERY = timedelta(minutes=1)

_TOKEN = re.compile(rf"{PREFIX}([0-9a-f]{{32}})_([0-9a-f]{{{2 * SECRET_BYTES}}})", re.ASCII)
_LONGEST_NAME = 80
# Invisible, but within emoji and some scripts what they join would fall apart without them.
_JOINERS = {0x200C: None, 0x200D: None}


class ApiKey(msgspec.Struct, frozen=True, kw_only=True):
    """What may be shown of a key: never its secret, nor the secret's hash."""

    id: UUID
    name: str
    created_by: str
    created_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    @property
    def user(self) -> str:
        """How the key is named where it did something."""
        return f"api-key:{self.id}"

    def has_news_of_its_use(self, now: datetime) -> bool:
        """Whether a use at this moment is worth noting."""
        return self.last_used_at is None or now - self.last_used_at >= USE_NOTED_EVERY


class Presented(msgspec.Struct, frozen=True):
    """A key as a program shows it. The secret is not shown on."""

    id: UUID
    secret: str

    def __repr__(self) -> str:
        return f"Presented(id={self.id})"


def token(key_id: UUID, secret: str) -> str:
    return f"{PREFIX}{key_id.hex}_{secret}"


def beginning(key_id: UUID) -> str:
    """What may be shown of a key's token, enough to recognise it by."""
    return f"{PREFIX}{key_id.hex[:8]}"


def parse(text: str) -> Presented | None:
    """None for whatever has not the form of a key."""
    written = _TOKEN.fullmatch(text)
    return Presented(UUID(written[1]), written[2]) if written else None


def hash_of(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def matches(presented: Presented, stored_hash: bytes) -> bool:
    """In a time that tells nothing about how much of it is right."""
    return hmac.compare_digest(hash_of(presented.secret), stored_hash)


def named(text: str) -> str | None:
    """A key's name as it is kept, or None for one that nobody could read."""
    name = " ".join(text.split())
    seen = name.translate(_JOINERS)
    return name if seen and seen.isprintable() and len(name) <= _LONGEST_NAME else None
