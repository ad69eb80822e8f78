"""Where everything is, for scripts: `.sandbox/urls.json`."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict

from sandbox.servers.backends import Servers
from sandbox.supervision.keepsakes import Keys
from sandbox.supervision.ports import LOOPBACK

ALBA = "alba-ceramics.myshopify.com"
BOREALIS = "borealis.myshopify.com"


class Addresses(TypedDict):
    admin_url: str
    control_url: str
    app_url: str
    stream_url: str
    storefronts: dict[str, str]
    shops: list[str]
    api_key: str
    api_secret: str
    database_url: str
    redis_url: str
    kafka_bootstrap_servers: str


def addresses(ports: Mapping[str, int], keys: Keys, servers: Servers) -> Addresses:
    standin = at(ports["standin"])
    return {
        "admin_url": f"{standin}/store/alba-ceramics/apps/{keys.api_key}",
        "control_url": f"{standin}/_control",
        "app_url": at(ports["web"]),
        "stream_url": at(ports["stream"]),
        "storefronts": {ALBA: at(ports["alba"]), BOREALIS: at(ports["borealis"])},
        "shops": [ALBA, BOREALIS],
        "api_key": keys.api_key,
        "api_secret": keys.api_secret,
        "database_url": servers.database_url,
        "redis_url": servers.redis_url,
        "kafka_bootstrap_servers": servers.kafka_bootstrap_servers,
    }


def at(port: int) -> str:
    return f"http://{LOOPBACK}:{port}"


def publish(found: Addresses, file: Path) -> None:
    """Write all of it at once; readable by its owner only, since it holds secrets."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.draft")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(found, indent=2) + "\n")
    draft.replace(file)


def read(file: Path) -> Addresses:
    found: Addresses = json.loads(file.read_text())
    return found
