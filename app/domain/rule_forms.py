"""A rule as the fields of its form, and back: those that its kind has, the rest stays as it was."""

from collections.abc import Iterable

import msgspec
from msgspec import inspect

from app.domain import document_forms, rule_checks
from app.domain.document_forms import YES, Fields
from app.domain.kinds import REPORTED, Kind
from app.domain.rules import Rule, Wish

ENABLED = "enabled"
MOST_CHOSEN = 250

_DOCUMENT = inspect.type_info(Wish)
_WORDING = "wording."
_ALWAYS = (
    "order",
    "priority",
    "weight",
    "schedule.begins_on",
    "schedule.ends_on",
    "schedule.weekdays",
    "schedule.quiet_hours",
    "schedule.quiet_hours.start",
    "schedule.quiet_hours.end",
)
# By the names that kinds have for their filters.
_FILTERS = {
    "products": ("filters.only.products", "filters.never.products"),
    "collections": ("filters.only.collections", "filters.never.collections"),
    "vendors": ("filters.only.vendors", "filters.never.vendors"),
    "tags": ("filters.only.tags", "filters.never.tags"),
    "prices": ("filters.least_price", "filters.most_price"),
    "countries": ("filters.countries",),
    "customers": ("filters.customers",),
    "channels": ("filters.channels",),
}


class Reading(msgspec.Struct, frozen=True):
    """The rule that a form says, or a sentence for each field that keeps it from saying any."""

    rule: Rule | None
    problems: dict[str, str]


def fields(rule: Rule) -> dict[str, list[str]]:
    """What stands in the form's fields; the least that is told is named, also where it is the
    kind's own."""
    found = document_forms.written(_DOCUMENT, rule.wish)
    enabled = {ENABLED: [YES] if rule.enabled else []}
    return found | enabled | {"minimum": [str(rule.minimum)]}


def read(typed: Fields, rule: Rule) -> Reading:
    """All that is wrong with a form at once, field by field and between them."""
    problems: dict[str, str] = {}
    kept = {name: texts for name, texts in fields(rule).items() if not name.startswith(_WORDING)}
    form = kept | {name: typed.get(name, ()) for name in shown(rule.of_kind)}
    form |= {name: texts for name, texts in typed.items() if name.startswith(_WORDING)}
    wish = msgspec.convert(document_forms.read(_DOCUMENT, form, problems), Wish)
    if "minimum" in problems:
        problems["minimum"] = rule_checks.NO_MINIMUM
    if wish.minimum == rule.of_kind.minimum:
        wish = msgspec.structs.replace(wish, minimum=0)
    said = msgspec.structs.replace(rule, enabled=bool(typed.get(ENABLED)), wish=wish)
    problems |= document_forms.between(rule_checks.problems(said), problems)
    return Reading(None if problems else said, problems)


def names(rule: Rule, languages: Iterable[str]) -> frozenset[str]:
    """Of all fields that the form may have."""
    spoken = {*languages, *rule.wish.wording}
    return frozenset({ENABLED, *shown(rule.of_kind), *(f"{_WORDING}{tag}" for tag in spoken)})


def shown(kind: Kind) -> tuple[str, ...]:
    """The fields that a kind has, but for its words."""
    filters = [name for each in kind.filters for name in _FILTERS[each]]
    own = [
        "windows" if kind.has_windows else "recency_days",
        *(["minimum"] if kind.minimum else []),
        *(["report"] if kind.name == REPORTED else []),
    ]
    return (*own, *filters, *_ALWAYS)
