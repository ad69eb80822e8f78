"""What a kept sandbox remembers from one run to the next: its keys and its ports."""

import base64
import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from sandbox.supervision.ports import free_port, is_free

PORTS = ("postgres", "redis", "web", "stream", "worker", "standin", "alba", "borealis")


@dataclass(frozen=True)
class Keys:
    api_key: str
    api_secret: str
    encryption_keys: str


def keys_of(folder: Path) -> Keys:
    """Those of the last run in this folder, or new ones at random."""
    file = folder / "keys.json"
    if file.exists():
        return Keys(**json.loads(file.read_text()))
    keys = Keys(
        api_key=secrets.token_hex(16),
        api_secret=f"shpss_{secrets.token_hex(16)}",
        encryption_keys=f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}",
    )
    file.touch(mode=0o600)
    file.write_text(json.dumps(asdict(keys)))
    return keys


def ports_of(folder: Path) -> dict[str, int]:
    """Those of the last run where they are still free, so that a bookmark goes on working."""
    file = folder / "ports.json"
    remembered = json.loads(file.read_text()) if file.exists() else {}
    ports: dict[str, int] = {}
    for name in PORTS:
        port = remembered.get(name)
        ports[name] = port if port and is_free(port) else _unused_port(ports)
    file.write_text(json.dumps(ports))
    return ports


def _unused_port(ports: dict[str, int]) -> int:
    while (port := free_port()) in ports.values():
        pass
    return port
