"""What a merchant has to know before anything else: one thing at a time, the gravest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.sync_overviews import SyncOverview
from app.views import moments


@dataclass(frozen=True)
class Caution:
    title: str
    text: str


def gravest(
    *, shopify_is_away: bool, lacking: tuple[str, ...], sync: SyncOverview, now: datetime
) -> Caution | None:
    """`lacking` are scopes that the grant of now does not cover."""
    missing = tuple(dict.fromkeys((*lacking, *sync.missing_scopes)))
    if shopify_is_away:
        return Caution(
            "Shopify is not answering right now",
            "Earshot goes on with what it knows and asks Shopify again at your next visit.",
        )
    if missing:
        return Caution(
            "Earshot lacks access to a part of your store",
            f"It goes on without what it may not read: {', '.join(missing)}.",
        )
    if sync.silent:
        return Caution("Shopify has not sent everything", _silence(sync.silent, now))
    return None


def _silence(silent: Mapping[str, datetime], now: datetime) -> str:
    topics = ", ".join(f"{topic} ({moments.ago(at, now)})" for topic, at in silent.items())
    return (
        f"It has news that never arrived here: {topics}. Earshot keeps asking; if it stays so,"
        " whoever runs Earshot should look at the app's webhooks."
    )
