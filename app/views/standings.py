"""Whether a shop is live, line by line, each with what can be done about it."""

from dataclasses import dataclass

from app.domain.standings import Embed, Standing, Verdict
from app.domain.sync_overviews import Catalogue
from app.views import dead_letters, numbers
from app.views.links import Link
from app.views.moments import Clock, Moment
from app.views.notifications import NotificationView


@dataclass(frozen=True)
class Line:
    """`tone` is success, info, warning or critical; `moment` is when it was so last."""

    name: str
    tone: str
    text: str
    moment: Moment | None = None
    link: Link | None = None

    @property
    def icon(self) -> str:
        return _ICONS[self.tone]

    @property
    def link_label(self) -> str | None:
        """By itself "Details" would not say of what."""
        return f"{self.link.label}: {self.name.lower()}" if self.link else None


_ICONS = {"success": "check", "info": "clock", "warning": "alert", "critical": "alert"}


@dataclass(frozen=True)
class StandingView:
    """What templates/home/_standing.html draws."""

    embed: Embed
    label: str
    tone: str
    sentence: str
    lines: list[Line]


_VERDICTS: dict[Verdict, tuple[str, str, str]] = {
    "live": ("Live", "success", "Shoppers see your paid orders as they happen."),
    "paused": ("Paused", "warning", "You have paused Earshot: no cards are shown."),
    "off": ("Off", "warning", "Your theme does not show Earshot yet."),
    "unknown": ("Not known yet", "info", "No page of your store has asked for Earshot so far."),
    "unreachable": (
        "Cards wait",
        "critical",
        "Open pages cannot be reached just now. Nothing is lost: they catch up by themselves.",
    ),
}


def view(
    standing: Standing,
    catalogue: Catalogue,
    last: NotificationView | None,
    clock: Clock,
    theme_editor: str,
) -> StandingView:
    """`theme_editor` is where the theme is told to show Earshot; `last` the newest card."""
    label, tone, sentence = _VERDICTS[standing.verdict(clock.now)]
    lines = [
        _theme(standing, theme_editor),
        _storefront(standing, clock),
        _stream(standing),
        _shopify(standing, clock),
        _last_card(last, clock),
        _products(catalogue, clock),
        *_parked(standing),
    ]
    return StandingView(standing.embed, label, tone, sentence, lines)


def _theme(standing: Standing, theme_editor: str) -> Line:
    turn_on = Link("Turn on in theme editor", theme_editor, is_elsewhere=True)
    if standing.is_paused and standing.embed == "on":
        return Line("Theme", "warning", "On, but paused", link=Link("Settings", "/settings"))
    match standing.embed:
        case "on":
            return Line("Theme", "success", "On in your theme")
        case "off":
            return Line("Theme", "warning", "Off in your theme", link=turn_on)
        case "unknown":
            return Line("Theme", "info", "Shopify has not said yet", link=turn_on)


def _storefront(standing: Standing, clock: Clock) -> Line:
    if standing.heard is None:
        return Line("Storefront", "warning", "Cannot be told just now")
    if not standing.widgets:
        return Line("Storefront", "info", "No page has loaded Earshot yet")
    newest = max(standing.widgets, key=lambda each: each.seen_at)
    return Line(
        "Storefront", "success", f"Version {newest.version} seen", clock.moment(newest.seen_at)
    )


def _stream(standing: Standing) -> Line:
    if standing.heard is None:
        return Line("Open pages", "warning", "Cannot be told just now: Redis does not answer")
    if not standing.heard.stream_is_up:
        return Line(
            "Open pages", "critical", "Cannot be reached: the stream process is not at work"
        )
    return Line("Open pages", "success", "Hear of an order at once")


def _shopify(standing: Standing, clock: Clock) -> Line:
    if standing.last_delivery_at is None:
        return Line("Shopify", "info", "Has not sent anything yet")
    return Line("Shopify", "success", "Last news", clock.moment(standing.last_delivery_at))


def _last_card(last: NotificationView | None, clock: Clock) -> Line:
    if last is None:
        return Line("Last card", "info", "None yet: the first paid order makes one")
    return Line(
        "Last card",
        "success",
        f"{last.sentence.striptags()} ·",
        clock.moment(last.occurred_at),
        Link("Details", last.path),
    )


def _products(catalogue: Catalogue, clock: Clock) -> Line:
    if catalogue.problem:
        return Line("Products", "warning", "Not fetched yet: Earshot tries again by itself")
    if catalogue.read is not None and catalogue.read_at is None:
        so_far = numbers.grouped(catalogue.read)
        return Line("Products", "info", f"Fetching your products: {so_far} so far")
    if catalogue.read_at is None:
        return Line("Products", "info", "Fetching your products begins in a moment")
    known = f"{numbers.grouped(catalogue.products)} known, last looked at"
    return Line("Products", "success", known, clock.moment(catalogue.read_at))


def _parked(standing: Standing) -> list[Line]:
    """Only where there are any."""
    if not standing.parked:
        return []
    text = f"{numbers.grouped(standing.parked)} put aside, with the reason"
    return [Line("Unprocessed events", "warning", text, link=Link("Details", dead_letters.PATH))]
