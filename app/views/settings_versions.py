"""The versions of a shop's settings, newest first, with what each of them changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from app.domain.settings import SettingsVersion, ShopSettings
from app.views import settings, settings_changes
from app.views.changes import Change, Saved


@dataclass(frozen=True)
class VersionView:
    saved: Saved
    changes: list[Change]
    restores: int | None
    is_newest: bool


@dataclass(frozen=True)
class Versions:
    """What templates/settings/_versions.html draws; `newest` is what a restoration builds upon."""

    rows: list[VersionView]
    newest: int
    problem: str = ""
    next: str | None = None


def view(
    found: Sequence[SettingsVersion],
    newest: int,
    limit: int,
    now: datetime,
    where: tzinfo,
    problem: str = "",
) -> Versions:
    """`found` has one more than `limit` where there are more; each is compared with the next."""
    earlier = [*(each.settings for each in found[1:]), ShopSettings()]
    rows = [
        VersionView(
            settings.saved(each, now, where),
            settings_changes.between(before, each.settings),
            each.restores,
            each.version == newest,
        )
        for each, before in zip(found[:limit], earlier, strict=False)
    ]
    has_more = len(found) > limit
    path = f"/settings/versions?before={found[limit - 1].version}" if has_more else None
    return Versions(rows, newest, problem, path)
