"""What must hold of a rule before it is saved; every problem is a sentence for the merchant."""

from collections.abc import Iterator, Sequence

from app.domain import document_forms, wordings
from app.domain.kinds import ANNOUNCEMENT, REPORTED, REVIEW
from app.domain.languages import is_tag
from app.domain.rules import MOST_COUNTED, Rule

Problem = tuple[str, str]

_MOST_STARS = 5

NO_MINIMUM = f"Enter a whole number from 0 to {MOST_COUNTED}."

# What pages of all languages carry of one rule together.
_MOST_LANGUAGES = 20
_MOST_SENTENCES = 400


def problems(rule: Rule) -> dict[str, str]:
    """By path; empty where the rule may be saved."""
    return {
        path: said
        for part in (_wording, _filters, _goods, _minimum, _windows, _schedule, _report)
        for path, said in part(rule)
    }


def _wording(rule: Rule) -> Iterator[Problem]:
    """Too many languages are not even read: reading them is what would take long."""
    if len(rule.wish.wording) > _MOST_LANGUAGES:
        yield "wording", f"Write it in at most {_MOST_LANGUAGES} languages."
        return
    problems = list(_words(rule))
    yield from problems
    made = 0 if problems else wordings.number_of_own(rule)
    if made > _MOST_SENTENCES:
        yield (
            "wording",
            f"Use fewer forms: in all languages together they make {made} sentences,"
            f" {_MOST_SENTENCES} at most.",
        )


def _words(rule: Rule) -> Iterator[Problem]:
    for language, text in rule.wish.wording.items():
        if not is_tag(language):
            yield f"wording.{language[:20]}", "This is no language tag, like fr or pt-BR."
        elif said := wordings.problem(text, rule.of_kind.variables, language):
            yield f"wording.{language}", said
    needs_words = rule.kind in (ANNOUNCEMENT, REPORTED)
    if rule.enabled and needs_words and not rule.wish.wording:
        yield "wording", "Write what shoppers are to read, in one language at least."


def _filters(rule: Rule) -> Iterator[Problem]:
    filters = rule.wish.filters
    least, most = filters.least_price, filters.most_price
    wrong = [
        name
        for name, price in (("least_price", least), ("most_price", most))
        # As it stands in the form, so that whoever opens the page can save it.
        if price is not None and not document_forms.is_price(str(price))
    ]
    for name in wrong:
        yield f"filters.{name}", "Enter a price, like 24.50."
    # What is no number is neither higher nor lower.
    if not wrong and least is not None and most is not None and least > most:
        yield "filters.most_price", "The highest price is below the lowest."
    if not filters.channels:
        yield "filters.channels", "Choose at least one channel."
    if _has_twins(filters.channels):
        yield "filters.channels", "Name each channel once."


def _goods(rule: Rule) -> Iterator[Problem]:
    filters = rule.wish.filters
    for name, goods in (("only", filters.only), ("never", filters.never)):
        for kind, ids in (("products", goods.products), ("collections", goods.collections)):
            if not all(map(document_forms.is_id, ids)):
                yield f"filters.{name}.{kind}", "Choose from those on offer."


def _minimum(rule: Rule) -> Iterator[Problem]:
    if rule.of_kind.minimum and rule.wish.minimum > MOST_COUNTED:
        yield "minimum", NO_MINIMUM
    elif rule.kind == REVIEW and rule.wish.minimum > _MOST_STARS:
        yield "minimum", f"Reviews have up to {_MOST_STARS} stars."


def _windows(rule: Rule) -> Iterator[Problem]:
    if rule.of_kind.has_windows and not rule.wish.windows:
        yield "windows", "Choose at least one span of time to count over."
    if _has_twins(rule.wish.windows):
        yield "windows", "Name each span of time once."


def _schedule(rule: Rule) -> Iterator[Problem]:
    schedule = rule.wish.schedule
    first, last = schedule.begins_on, schedule.ends_on
    if first is not None and last is not None and last < first:
        yield "schedule.ends_on", "The last day is before the first."
    if not schedule.weekdays:
        yield "schedule.weekdays", "Choose at least one day of the week."
    if _has_twins(schedule.weekdays):
        yield "schedule.weekdays", "Name each day of the week once."
    if schedule.quiet_hours and schedule.quiet_hours.start == schedule.quiet_hours.end:
        yield "schedule.quiet_hours", "Quiet hours must begin and end at different times."


def _report(rule: Rule) -> Iterator[Problem]:
    if rule.kind == REPORTED and rule.enabled and not rule.wish.report:
        yield "report", "Say which kind of news this rule listens to."


def _has_twins(chosen: Sequence[str]) -> bool:
    """Here and not in the type: a rule that was stored with twins must still be read."""
    return len(set(chosen)) < len(chosen)
