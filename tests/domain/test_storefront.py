from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from app.domain import rules, storefront
from app.domain.notifications import Facts, Notification, ProductFacts
from app.domain.settings import (
    Languages,
    Pacing,
    Privacy,
    QuietHours,
    SavedSettings,
    ShopSettings,
    Where,
)
from app.domain.storefront import Config
from tests.cast import ALBA

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
RULE = rules.first_of(ALBA)
SALE = Notification(
    id=UUID(int=7),
    rule=RULE.id,
    kind=RULE.kind,
    subject="order-line:1",
    source="order:1",
    revision=1,
    state="published",
    reason=None,
    facts=Facts(ProductFacts(8001, "Alba mug"), 1),
    proof=(UUID(int=9),),
    occurred_at=NOW - timedelta(hours=1),
)


def compose(*latest: Notification, enabled: bool = True, **chosen: Any) -> Config:
    return storefront.compose(
        ALBA,
        SavedSettings(3, ShopSettings(**chosen)),
        [msgspec.structs.replace(RULE, enabled=enabled)],
        latest,
        zone=UTC,
        now=NOW,
        position="e-1",
        stream="https://stream.earshot.example",
    )


def said(config: Config) -> Any:
    return msgspec.to_builtins(config)


def test_config_has_what_a_widget_of_the_first_release_reads() -> None:
    config = said(compose(SALE, pacing=Pacing(gap=9)))
    assert config["settings"]["pacing"]["gap"] == 9
    assert config["settings"]["appearance"] == {"position": "bottom-left"}
    assert config["rules"][str(RULE.id)]["wording"]["en"] == "Someone bought {product}"
    assert config["cards"][0]["facts"]["product"]["title"] == "Alba mug"


def test_paused_shop_has_nothing_to_say_and_nothing_to_show() -> None:
    config = compose(SALE, paused=True)
    assert (config.rules, config.cards) == ({}, [])


def test_rule_that_is_off_says_nothing() -> None:
    config = compose(SALE, enabled=False)
    assert (config.rules, config.cards) == ({}, [])


def test_card_from_long_ago_is_left_out() -> None:
    old = msgspec.structs.replace(SALE, occurred_at=NOW - timedelta(days=8))
    assert [card.id for card in compose(SALE, old).cards] == [SALE.id]


def test_only_enabled_languages_and_the_fallback_are_spoken() -> None:
    config = compose(languages=Languages(enabled=("de", "fr"), fallback="nl"))
    rule = config.rules[str(RULE.id)]
    assert set(rule.sentences) == {"de", "fr", "nl"}
    assert config.fallback == "nl"
    assert rule.wording["en"] == rule.wording["nl"] == "Iemand heeft {product} gekocht"


def test_without_a_fallback_other_languages_are_silent() -> None:
    config = compose(languages=Languages(enabled=("de",), fallback=None))
    rule = config.rules[str(RULE.id)]
    assert set(rule.sentences) == set(rule.wording) == {"de"}
    assert config.fallback is None


def test_no_language_at_all_is_silence() -> None:
    rule = compose(languages=Languages(enabled=(), fallback=None)).rules[str(RULE.id)]
    assert (rule.sentences, rule.wording) == ({}, {})


def test_quiet_hours_are_told_as_moments_only() -> None:
    config = compose(pacing=Pacing(quiet_hours=QuietHours("22:00", "08:00")))
    assert len(config.quiet) == 9
    assert "quiet_hours" not in said(config)["settings"]["pacing"]


def test_what_is_nobody_s_business_does_not_go_out() -> None:
    chosen = ShopSettings(
        privacy=Privacy(name="first-name", place="town", understood=True),
        where=Where(never_on=("/pages/wholesale",)),
    )
    config = compose(privacy=chosen.privacy, where=chosen.where)
    text = msgspec.json.encode(config).decode()
    for word in ("privacy", "crowd", "understood", "first-name"):
        assert word not in text
