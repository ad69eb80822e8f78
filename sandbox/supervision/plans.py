"""The app's own processes and the stand-in for Shopify, as plans to run."""

import sys
from collections.abc import Mapping, MutableMapping
from pathlib import Path

import httpx

from sandbox import PROJECT
from sandbox.servers.backends import Servers
from sandbox.supervision.addresses import ALBA, BOREALIS, at
from sandbox.supervision.keepsakes import Keys
from sandbox.supervision.ports import LOOPBACK
from sandbox.supervision.processes import Plan

API_VERSION = "2026-10"
SCOPES = "read_products,read_orders,read_customers,read_inventory,read_locations"


def app_environ(
    outer: Mapping[str, str], ports: Mapping[str, int], keys: Keys, servers: Servers
) -> dict[str, str]:
    """What the app is told: all that it ever knows of the sandbox is in these variables."""
    standin = at(ports["standin"])
    return {
        **outer,
        "PYTHONUNBUFFERED": "1",
        "NO_PROXY": ",".join(filter(None, [outer.get("NO_PROXY"), LOOPBACK, "localhost"])),
        "DATABASE_URL": servers.database_url,
        "REDIS_URL": servers.redis_url,
        "KAFKA_BOOTSTRAP_SERVERS": servers.kafka_bootstrap_servers,
        "SHOPIFY_API_KEY": keys.api_key,
        "SHOPIFY_API_SECRET": keys.api_secret,
        "SHOPIFY_API_VERSION": API_VERSION,
        "SHOPIFY_SCOPES": SCOPES,
        "APP_BASE_URL": at(ports["web"]),
        "STREAM_BASE_URL": at(ports["stream"]),
        "ENCRYPTION_KEYS": keys.encryption_keys,
        "SHOPIFY_SHOP_URL": f"{standin}/shops/{{shop}}",
        "SHOPIFY_ADMIN_URL": standin,
        "APP_BRIDGE_URL": f"{standin}/app-bridge.js",
    }


def migrate(environ: Mapping[str, str], logs: Path) -> Plan:
    """It is finished rather than ready: wait for its exit code."""
    return Plan(
        name="migrate",
        command=[sys.executable, "-m", "app.cli", "migrate"],
        environ=environ,
        log=logs / "migrate.log",
        is_ready=lambda: False,
        folder=PROJECT,
    )


def app_processes(
    environ: MutableMapping[str, str], ports: Mapping[str, int], logs: Path
) -> list[Plan]:
    return [
        _app("web", ["web"], ports["web"], environ, logs),
        _app("stream", ["stream"], ports["stream"], environ, logs),
        _app("worker", ["worker", "all"], ports["worker"], environ, logs),
    ]


def standin(
    environ: Mapping[str, str], ports: Mapping[str, int], keys: Keys, folder: Path, logs: Path
) -> Plan:
    options = {
        "--app-url": at(ports["web"]),
        "--stream-url": at(ports["stream"]),
        "--api-key": keys.api_key,
        "--api-secret": keys.api_secret,
        "--memory": str(folder / "shopify.json"),
    }
    return _serving(
        "standin",
        [
            *(sys.executable, "-m", "sandbox.shopify"),
            *("--storefront", f"{ALBA}={ports['alba']}"),
            *("--storefront", f"{BOREALIS}={ports['borealis']}"),
            *(word for option in options.items() for word in option),
        ],
        ports["standin"],
        environ,
        logs,
    )


def _app(name: str, words: list[str], port: int, environ: Mapping[str, str], logs: Path) -> Plan:
    return _serving(name, [sys.executable, "-m", "app.cli", *words], port, environ, logs)


def _serving(
    name: str, command: list[str], port: int, environ: Mapping[str, str], logs: Path
) -> Plan:
    return Plan(
        name=name,
        command=[*command, "--host", LOOPBACK, "--port", str(port)],
        environ=environ,
        log=logs / f"{name}.log",
        is_ready=lambda: _says_ready(f"{at(port)}/health/ready"),
        folder=PROJECT,
    )


def _says_ready(url: str) -> bool:
    try:
        return httpx.get(url, timeout=1, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False
