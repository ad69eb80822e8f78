"""The Earshot that the flows visit: a sandbox of their own, or one that runs already."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from sandbox.running import running_sandbox

URLS = ".sandbox/urls.json"


class NotFound(Exception):
    """There is no Earshot to visit; says what to do about it."""


@dataclass(frozen=True)
class Earshot:
    """`admin_urls` and `storefronts` by shop; `logs` where they are on this machine."""

    app_url: str
    stream_url: str
    control_url: str
    admin_urls: dict[str, str]
    storefronts: dict[str, str]
    logs: Path | None
    is_ours: bool


@contextmanager
def visited(folder: Path) -> Iterator[Earshot]:
    """The one that E2E_BASE_URL names, else a sandbox with its logs in `folder`."""
    if "E2E_BASE_URL" in os.environ:
        yield running(os.environ)
        return
    with running_sandbox(folder) as found:
        yield _earshot(_urls(found["control_url"]), folder / "logs", is_ours=True)


def running(environ: Mapping[str, str]) -> Earshot:
    """The Earshot at E2E_BASE_URL with its stand-in; raises NotFound."""
    app_url = environ["E2E_BASE_URL"].rstrip("/")
    file = Path(environ.get("E2E_URLS", URLS))
    told = _told(file)
    is_told = told.get("app_url") == app_url
    control_url = environ.get("E2E_CONTROL_URL") or (told["control_url"] if is_told else None)
    if control_url is None:
        raise NotFound(
            f"E2E_BASE_URL is {app_url}, but {file} does not say where its stand-in for Shopify "
            "is: name the stand-in's control in E2E_CONTROL_URL (http://…/_control)."
        )
    urls = _urls(control_url.rstrip("/"))
    if urls["app_url"] != app_url:
        raise NotFound(
            f"The stand-in at {control_url} belongs to {urls['app_url']}, not to {app_url}."
        )
    _insist_on_ready(app_url)
    logs = file.parent / "logs"
    return _earshot(urls, logs if is_told and logs.is_dir() else None, is_ours=False)


def _earshot(urls: dict[str, Any], logs: Path | None, *, is_ours: bool) -> Earshot:
    return Earshot(
        app_url=urls["app_url"],
        stream_url=urls["stream_url"],
        control_url=urls["control_url"],
        admin_urls=urls["admin_urls"],
        storefronts=urls["storefronts"],
        logs=logs,
        is_ours=is_ours,
    )


def _told(file: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(file.read_text()) if file.is_file() else {}
    return told


def _urls(control_url: str) -> dict[str, Any]:
    try:
        answer = httpx.get(f"{control_url}/urls", timeout=10, trust_env=False).raise_for_status()
    except httpx.HTTPError as error:
        raise NotFound(f"No stand-in for Shopify answers at {control_url}: {error}") from error
    urls: dict[str, Any] = answer.json()
    return urls


def _insist_on_ready(app_url: str) -> None:
    try:
        httpx.get(f"{app_url}/health/ready", timeout=10, trust_env=False).raise_for_status()
    except httpx.HTTPError as error:
        raise NotFound(f"The Earshot at {app_url} is not ready: {error}") from error
