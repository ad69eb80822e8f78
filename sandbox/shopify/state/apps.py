"""The app as its developer released it; `shopify.app.toml` says so."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sandbox.shopify.state.subscriptions import Subscription

Json = dict[str, Any]


@dataclass
class App:
    """`is_deployed`: whether the manifest's webhooks hold; `muted` topics are lost on the way."""

    name: str
    handle: str
    scopes: tuple[str, ...]
    optional_scopes: tuple[str, ...]
    subscriptions: tuple[Subscription, ...]
    compliance: tuple[Subscription, ...]
    is_deployed: bool = True
    muted: set[str] = field(default_factory=set)

    def subscriptions_to(self, topic: str) -> list[Subscription]:
        """Compliance topics reach every public app, however its other webhooks are made."""
        declared = self.subscriptions if self.is_deployed else ()
        return [one for one in (*declared, *self.compliance) if one.topic == topic]


def read(manifest: Path, app_url: str) -> App:
    """`uri`s of the manifest are relative to where the app runs."""
    told = tomllib.loads(manifest.read_text())
    wanted = told.get("access_scopes", {})
    webhooks = told.get("webhooks", {}).get("subscriptions", [])
    return App(
        name=told["name"],
        handle=told["handle"],
        scopes=_scopes(wanted.get("scopes", "")),
        optional_scopes=tuple(wanted.get("optional_scopes", ())),
        subscriptions=_subscriptions(webhooks, "topics", app_url),
        compliance=_subscriptions(webhooks, "compliance_topics", app_url),
    )


def _scopes(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _subscriptions(webhooks: list[Json], kind: str, app_url: str) -> tuple[Subscription, ...]:
    return tuple(
        Subscription(
            topic=topic,
            uri=f"{app_url}{one['uri']}" if one["uri"].startswith("/") else one["uri"],
            name=one.get("name"),
            include_fields=tuple(one.get("include_fields", ())),
        )
        for one in webhooks
        for topic in one.get(kind, ())
    )
