"""`make bench`: fails where rules are evaluated more slowly than promised."""

import sys
from zoneinfo import ZoneInfo

from bench.rules import limits, shops
from bench.rules.rates import Rates, measure

ROUNDS = 7
OTHER_SHOPS = 1_000


def main() -> int:
    rates = measure(
        shops.rules(),
        {f"shop {number}": shops.rules(number) for number in range(1, OTHER_SHOPS + 1)},
        shops.occasions(),
        ZoneInfo("Europe/Paris"),
        shops.NOW,
        ROUNDS,
    )
    print(report(rates))
    broken = list(limits.broken(rates))
    for sentence in broken:
        print(sentence, file=sys.stderr)
    print("fail" if broken else "pass")
    return 1 if broken else 0


def report(rates: Rates) -> str:
    passing = rates.answers[None] / rates.answers.total()
    return "\n".join(
        [
            f"An event is asked of {shops.RULES} rules, on one core. {passing:.0%} may be told.",
            f"{'':<36}{'events/s':>10}",
            f"{'alone':<36}{rates.alone:>10,.0f}  limit {limits.EVENTS_PER_SECOND:,}",
            f"{f'beside {rates.others:,} other shops':<36}{rates.among_others:>10,.0f}"
            f"  {rates.with_others:.2f} times as long, limit {limits.WITH_OTHERS}",
            f"{'rules made ready for each event':<36}{rates.made_anew:>10,.0f}",
            f"{'plain way (peer)':<36}{rates.naive:>10,.0f}"
            f"  the rules are {rates.over_naive:.1f} times as fast",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
