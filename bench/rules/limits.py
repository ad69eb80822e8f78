"""What the evaluation of rules promises."""

from collections.abc import Iterator

from bench.rules.rates import Rates

EVENTS_PER_SECOND = 20_000
# Other shops' rules lie in memory beside those that are asked; nothing may look at them.
WITH_OTHERS = 1.25


def broken(rates: Rates) -> Iterator[str]:
    """A sentence for each promise that does not hold."""
    if not rates.agrees:
        yield "The rules answer otherwise than the plain way does."
    if rates.alone < EVENTS_PER_SECOND:
        yield f"{rates.alone:,.0f} events a second are fewer than {EVENTS_PER_SECOND:,}."
    if rates.among_others < EVENTS_PER_SECOND:
        yield f"{rates.among_others:,.0f} are fewer than {EVENTS_PER_SECOND:,}, beside others."
    if rates.with_others > WITH_OTHERS:
        yield f"It takes {rates.with_others:.2f} times as long beside {rates.others:,} other shops."
