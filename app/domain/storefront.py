"""What a storefront page needs to begin, with all worked out that can be worked out before."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

import msgspec
from msgspec import UNSET, UnsetType

from app.domain import announcements, buyers, frames, looks, places, quiet_hours, wordings
from app.domain.languages import BUILT_IN, Language
from app.domain.notifications import Notification
from app.domain.places import Places
from app.domain.quiet_hours import Span
from app.domain.ranks import Rank, ranks
from app.domain.rules import Rule
from app.domain.settings import SavedSettings, ShopSettings


class Pacing(msgspec.Struct, frozen=True):
    """Times in seconds."""

    first_delay: int
    duration: int
    gap: int
    max_per_page: int
    max_per_session: int
    dismissal_days: int


class Appearance(msgspec.Struct, frozen=True):
    """For widgets of before 0.2, which know of nothing else."""

    position: str


class Chosen(msgspec.Struct, frozen=True):
    """What of the settings is told as it was set."""

    pacing: Pacing
    appearance: Appearance


class RuleConfig(msgspec.Struct, frozen=True):
    """By language: `sentences` the most telling first, `wording` the plainest of them alone.

    `rank` is there where the shop wishes more than the newest first, then of every rule.
    """

    kind: str
    wording: dict[str, str]
    sentences: dict[str, wordings.Alternatives]
    rank: Rank | UnsetType = UNSET


class Config(msgspec.Struct, frozen=True):
    """`cards` are as on the stream, newest first; `position` is null while Redis is away.

    `style` sets the card's tokens, `quiet` are spans of minutes since 1970 began. A paused shop has
    no rules, so that nothing can be said.
    """

    shop: str
    version: int
    position: str | None
    stream: str
    settings: Chosen
    style: str
    where: Places
    quiet: list[Span]
    fallback: Language | None
    rules: dict[str, RuleConfig]
    cards: list[frames.Notification]


def compose(
    shop: str,
    saved: SavedSettings,
    rules: Iterable[Rule],
    latest: Iterable[Notification],
    *,
    zone: tzinfo,
    now: datetime,
    position: str | None,
    stream: str,
) -> Config:
    """`latest` are the published notifications, newest first; those too old by now are left out."""
    wanted = saved.settings
    speaking = {} if wanted.paused else {rule.id: rule for rule in rules if rule.enabled}
    ranked = ranks(speaking.values())
    return Config(
        shop=shop,
        version=saved.version,
        position=position,
        stream=stream,
        settings=_chosen(wanted),
        style=looks.style(wanted.appearance),
        where=places.places(wanted.where),
        quiet=quiet_hours.spans(wanted.pacing.quiet_hours, zone, now),
        fallback=wanted.languages.fallback,
        rules={
            str(each.id): _rule(each, wanted, ranked.get(each.id)) for each in speaking.values()
        },
        cards=[
            announcements.card(each, wanted.privacy)
            for each in latest
            if each.rule in speaking and speaking[each.rule].is_recent(each.occurred_at, now)
        ],
    )


def _chosen(wanted: ShopSettings) -> Chosen:
    return Chosen(
        msgspec.convert(wanted.pacing, Pacing, from_attributes=True),
        Appearance(wanted.appearance.position),
    )


def _rule(rule: Rule, wanted: ShopSettings, rank: Rank | None) -> RuleConfig:
    languages = wanted.languages
    # What a merchant has written in a language that Earshot does not speak is meant to be said.
    added = set(rule.wish.wording) - set(BUILT_IN)
    spoken = {*languages.enabled, languages.fallback, *added}
    sentences: dict[str, wordings.Alternatives] = {
        tag: sayable
        for tag, each in wordings.of(rule).items()
        if tag in spoken and (sayable := wordings.without(each, buyers.hidden(wanted.privacy)))
    }
    plainest = _plainest(sentences, languages.fallback)
    return RuleConfig(rule.kind, plainest, sentences, UNSET if rank is None else rank)


def _plainest(
    sentences: dict[str, wordings.Alternatives], fallback: Language | None
) -> dict[str, str]:
    """Widgets of before 0.2 fall back to English, whatever is set; so theirs is the fallback's."""
    english: dict[str, wordings.Alternatives] = {}
    if fallback in sentences:
        english = {"en": sentences[fallback]}
    plain = {tag: wordings.plain(each) for tag, each in (english | sentences).items()}
    return {tag: sentence for tag, sentence in plain.items() if sentence}
