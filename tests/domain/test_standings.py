from datetime import UTC, datetime, timedelta

import pytest

from app.domain.setup_guides import SetupGuide
from app.domain.standings import Embed, Heard, Standing, Widget

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SEEN = (Widget("0.2.0", NOW - timedelta(hours=1)),)
LONG_AGO = (Widget("0.2.0", NOW - timedelta(days=3)),)


def standing(
    embed: Embed = "on",
    *,
    is_paused: bool = False,
    stream_is_up: bool = True,
    widgets: tuple[Widget, ...] = (),
) -> Standing:
    return Standing(
        embed=embed,
        is_paused=is_paused,
        heard=Heard(stream_is_up, widgets),
        last_delivery_at=None,
    )


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (standing("on"), "live"),
        (standing("off"), "off"),
        (standing("unknown"), "unknown"),
        (standing("unknown", widgets=SEEN), "live"),
        (standing("unknown", widgets=LONG_AGO), "unknown"),
        # Another theme's preview may ask; Shopify speaks of the published one.
        (standing("off", widgets=SEEN), "off"),
        (standing("on", is_paused=True), "paused"),
        (standing("off", is_paused=True), "off"),
        (standing("on", is_paused=True, stream_is_up=False), "unreachable"),
        (standing("on", stream_is_up=False), "unreachable"),
    ],
)
def test_the_verdict_is_what_has_to_be_mended_first(found: Standing, verdict: str) -> None:
    assert found.verdict(NOW) == verdict


def test_without_redis_the_theme_alone_decides() -> None:
    found = Standing(embed="on", is_paused=False, heard=None, last_delivery_at=None)
    assert found.verdict(NOW) == "live"


def test_steps_tick_themselves_off_in_any_order() -> None:
    guide = SetupGuide(
        is_in_theme=False, has_saved_settings=True, has_seen_card=False, is_dismissed=False
    )
    assert guide.done == {"look"}
    assert guide.next == "theme"


def test_a_guide_with_all_steps_done_has_no_next() -> None:
    guide = SetupGuide(
        is_in_theme=True, has_saved_settings=True, has_seen_card=True, is_dismissed=False
    )
    assert guide.next is None
