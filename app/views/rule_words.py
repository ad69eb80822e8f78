"""What each part of a rule is called, wherever a merchant reads of it."""

from collections.abc import Iterator
from decimal import Decimal

from app.domain import choices
from app.domain.kinds import CART_ACTIVITY, LOW_STOCK, ORDER_COUNT, REVIEW
from app.domain.rules import CHANNELS, WEEKDAYS, Filters, Rule, Schedule, Selection
from app.views import numbers
from app.views.settings_words import Options, Words

_CHANNELS: Options = (
    ("online", "Online store"),
    ("pos", "Point of sale"),
    ("draft", "Draft orders"),
    ("other", "Other apps"),
)
_WEEKDAYS: Options = (
    ("mon", "Monday"),
    ("tue", "Tuesday"),
    ("wed", "Wednesday"),
    ("thu", "Thursday"),
    ("fri", "Friday"),
    ("sat", "Saturday"),
    ("sun", "Sunday"),
)
_CUSTOMERS: Options = (
    ("all", "All orders"),
    ("first", "First orders"),
    ("repeat", "Repeat orders"),
)

WORDS: dict[str, Words] = {
    "enabled": Words("Shoppers hear of it"),
    "recency_days": Words("Not older than", unit="days"),
    "windows": Words("Count over", (("24h", "24 hours"), ("7d", "7 days"), ("30d", "30 days"))),
    "report": Words("Kind of news"),
    "order": Words(
        "Among its own cards",
        (
            ("newest", "Newest first"),
            ("this-page", "Product of the page first"),
            ("random", "By chance"),
        ),
    ),
    "priority": Words("Priority", tuple((str(each), str(each)) for each in range(10))),
    "weight": Words("Weight", unit="times"),
    "filters.only.products": Words("Products"),
    "filters.only.collections": Words("Collections"),
    "filters.only.vendors": Words("Vendors"),
    "filters.only.tags": Words("Product tags"),
    "filters.never.products": Words("Never these products"),
    "filters.never.collections": Words("Never these collections"),
    "filters.never.vendors": Words("Never these vendors"),
    "filters.never.tags": Words("Never these product tags"),
    "filters.least_price": Words("Price from"),
    "filters.most_price": Words("Price up to"),
    "filters.countries": Words("Countries"),
    "filters.customers": Words("Customers", _CUSTOMERS),
    "filters.channels": Words("Sales channels", _CHANNELS),
    "schedule.begins_on": Words("First day"),
    "schedule.ends_on": Words("Last day"),
    "schedule.weekdays": Words("Days of the week", _WEEKDAYS),
    "schedule.quiet_hours": Words("Quiet hours"),
    "schedule.quiet_hours.start": Words("From"),
    "schedule.quiet_hours.end": Words("Until"),
}

# What the least that is told counts, by kind.
MINIMUMS: dict[str, Words] = {
    ORDER_COUNT: Words("Told from", unit="orders"),
    CART_ACTIVITY: Words("Told from", unit="carts"),
    REVIEW: Words("Told from", unit="stars"),
    LOW_STOCK: Words("Told while at most", unit="are left"),
}

ABOUT: dict[str, str] = {
    "recent-order": "Somebody bought something, told within a second of the order.",
    "order-count": "How often a product was bought, once it was bought often enough.",
    "sign-up": "Somebody opened an account in your store.",
    "review": "A review that your review app reports, with its stars.",
    "low-stock": "Only few of a product are left, by the stock that Shopify counts.",
    "back-in-stock": "A product that was sold out can be bought again.",
    "just-launched": "A product can be bought for the first time.",
    "cart-activity": "In how many carts and checkouts a product is. Never whose.",
    "reported": "News of your own that a program of yours reports.",
    "announcement": "What you want to say yourself. Marked as yours, never dressed as activity.",
}


def summary(rule: Rule) -> list[str]:
    """What narrows it, each in few words; empty where nothing does."""
    wish = rule.wish
    return [*_filters(wish.filters), *_schedule(wish.schedule)]


def _filters(filters: Filters) -> Iterator[str]:
    yield from _selection(filters.only, "only")
    yield from _selection(filters.never, "never")
    if filters.least_price is not None or filters.most_price is not None:
        yield _prices(filters.least_price, filters.most_price)
    if filters.countries:
        named = [choices.country(each).label for each in filters.countries]
        yield _few(named, "countries")
    if filters.customers != "all":
        yield dict(_CUSTOMERS)[filters.customers].lower()
    if set(filters.channels) != set(CHANNELS):
        yield _few([dict(_CHANNELS)[each] for each in filters.channels], "channels")


def _selection(selection: Selection, word: str) -> Iterator[str]:
    for name, several in (
        ("product", selection.products),
        ("collection", selection.collections),
        ("vendor", selection.vendors),
        ("tag", selection.tags),
    ):
        if several:
            yield f"{word} {numbers.counted(len(several), name)}"


def _prices(least: Decimal | None, most: Decimal | None) -> str:
    if most is None:
        return f"from {least:f}"
    return f"up to {most:f}" if least is None else f"{least:f} to {most:f}"


def _schedule(schedule: Schedule) -> Iterator[str]:
    if schedule.begins_on:
        yield f"from {schedule.begins_on:%-d %B %Y}"
    if schedule.ends_on:
        yield f"until {schedule.ends_on:%-d %B %Y}"
    if set(schedule.weekdays) != set(WEEKDAYS):
        yield ", ".join(dict(_WEEKDAYS)[each][:3] for each in schedule.weekdays)
    if schedule.quiet_hours:
        yield f"not from {schedule.quiet_hours.start} to {schedule.quiet_hours.end}"


def _few(names: list[str], word: str) -> str:
    return ", ".join(names) if len(names) <= 3 else f"{len(names)} {word}"
