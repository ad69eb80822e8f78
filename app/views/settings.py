"""A shop's settings as their page shows them: a form, who saved them last, and what stands against
saving them."""

from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo

from app.domain import palettes, settings_forms
from app.domain.document_forms import Fields
from app.domain.settings import Palette, SettingsVersion, ShopSettings, Theme
from app.views import changes, settings_words
from app.views.changes import Change, Conflict, Saved
from app.views.forms import Form
from app.views.settings_words import Words


@dataclass(frozen=True)
class SettingsForm:
    """What templates/settings/_form.html draws; `version` is the one that is edited.

    `example` is a sentence that shoppers may read.
    """

    form: Form
    version: int
    time_zone: str
    example: str
    saved: Saved | None = None
    conflict: Conflict | None = None
    words: dict[str, Words] = field(default_factory=lambda: settings_words.WORDS)
    themes: dict[Theme, Palette] = field(default_factory=lambda: palettes.THEMES)

    @property
    def is_unsaved(self) -> bool:
        return self.conflict is not None or bool(self.form.problems)

    def typed(self, typed: Fields, version: int, problems: dict[str, str]) -> "SettingsForm":
        """The same form with what was typed into it, on top of an older version perhaps."""
        return replace(self, form=Form(typed, problems), version=version, saved=None)

    def contradicted(self, theirs: Saved, differing: list[Change]) -> "SettingsForm":
        return replace(self, conflict=Conflict(theirs, differing))


def view(
    newest: SettingsVersion | None, where: tzinfo, example: str, now: datetime
) -> SettingsForm:
    """None for a shop that has never saved any; `where` is the shop's time zone."""
    settings = newest.settings if newest else ShopSettings()
    return SettingsForm(
        Form(settings_forms.fields(settings)),
        newest.version if newest else 0,
        str(where),
        example,
        saved(newest, now, where) if newest else None,
    )


def saved(version: SettingsVersion, now: datetime, where: tzinfo) -> Saved:
    return changes.saved(
        version.version,
        version.saved_by,
        version.author,
        version.saved_at,
        where=where,
        now=now,
    )
