"""Addresses and hashes of the files under app/static."""

import hashlib
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parents[1] / "static"


@cache
def static(path: str) -> str:
    """Where a browser gets the file; its address changes with its bytes: cache it forever."""
    digest = hashlib.sha256((STATIC / path).read_bytes()).hexdigest()
    return f"/static/{path}?v={digest[:12]}"


def integrity(path: str) -> str:
    """What a vendored file must hash to, for the attribute of that name."""
    return _hashes()[path]


@cache
def _hashes() -> dict[str, str]:
    lines = (STATIC / "vendor" / "HASHES").read_text().splitlines()
    pairs = (line.split(maxsplit=1) for line in lines)
    return {f"vendor/{name}": digest for digest, name in pairs}
