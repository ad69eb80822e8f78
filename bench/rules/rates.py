"""Events a second, where an event is asked of all rules of its shop."""

import gc
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo

import msgspec

from app.domain.rule_filters import Judge, Occasion
from app.domain.rules import Rule
from bench.rules import naive

Answer = str | None
Ask = Callable[[Occasion], list[Answer]]


class Rates(msgspec.Struct, frozen=True):
    """The best of several rounds each: what else runs on the machine only makes them slower."""

    alone: float
    among_others: float
    made_anew: float
    naive: float
    others: int
    answers: Counter[Answer]
    agrees: bool

    @property
    def over_naive(self) -> float:
        return self.alone / self.naive

    @property
    def with_others(self) -> float:
        """1 where other shops cost nothing."""
        return self.alone / self.among_others


def measure(
    rules: Sequence[Rule],
    others: Mapping[str, Sequence[Rule]],
    asked: Sequence[Occasion],
    zone: tzinfo,
    now: datetime,
    rounds: int,
) -> Rates:
    alone = _ready({"it": rules}, zone, now)
    among = _ready({**others, "it": rules}, zone, now)

    def plainly(occasion: Occasion) -> list[Answer]:
        return [naive.reason_against(rule, occasion, now, zone) for rule in rules]

    def made_anew(occasion: Occasion) -> list[Answer]:
        return [Judge(rule, zone).reason_against(occasion, now) for rule in rules]

    best = _best((alone, among, made_anew, plainly), asked, rounds)
    answers = [alone(occasion) for occasion in asked]
    return Rates(
        alone=best[0],
        among_others=best[1],
        made_anew=best[2],
        naive=best[3],
        others=len(others),
        answers=Counter(word for each in answers for word in each),
        agrees=answers == [plainly(occasion) for occasion in asked],
    )


def _ready(shops: Mapping[str, Sequence[Rule]], zone: tzinfo, now: datetime) -> Ask:
    judges = {shop: [Judge(rule, zone) for rule in rules] for shop, rules in shops.items()}
    return lambda occasion: [judge.reason_against(occasion, now) for judge in judges["it"]]


def _best(ways: Sequence[Ask], asked: Sequence[Occasion], rounds: int) -> list[float]:
    """In turns, so that none has the machine at a better time than another."""
    best = [0.0] * len(ways)
    for _ in range(rounds):
        for number, way in enumerate(ways):
            best[number] = max(best[number], _rate(way, asked))
    return best


def _rate(way: Ask, asked: Sequence[Occasion]) -> float:
    gc.collect()
    before = time.process_time()
    for occasion in asked:
        way(occasion)
    return len(asked) / (time.process_time() - before)
