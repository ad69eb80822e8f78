"""Which of the cards that wait is shown first, by the wishes of their rules. Pure."""

from collections.abc import Collection
from uuid import UUID

from app.domain.rules import Rule

# What the cards of a rule have, what those about the product of a page have besides, and how much
# is left to chance: pages add the logarithm of a number that they draw, times this. The greatest
# sum is first, and the newest among equals.
Rank = tuple[int, int, float]

# A browser draws no number whose logarithm is below -37, so chance outweighs neither of these.
_PRIORITY = 100
_OF_PAGE = 50


def ranks(rules: Collection[Rule]) -> dict[UUID, Rank]:
    """Empty where nothing is wished but the newest first.

    With a third of the logarithm a card is drawn three times as often. Where one rule is drawn, all
    of its priority are: a card that takes no part would always be the first or the last.
    """
    drawn = {rule.wish.priority for rule in rules if _is_drawn(rule)}
    found = {rule.id: _rank(rule, is_drawn=rule.wish.priority in drawn) for rule in rules}
    is_plain = {rank[1:] for rank in found.values()} <= {(0, 0)}
    return {} if is_plain and len(set(found.values())) <= 1 else found


def _is_drawn(rule: Rule) -> bool:
    return rule.wish.order == "random" or rule.wish.weight != 1


def _rank(rule: Rule, *, is_drawn: bool) -> Rank:
    wish = rule.wish
    return (
        wish.priority * _PRIORITY,
        _OF_PAGE if wish.order == "this-page" else 0,
        round(1 / wish.weight, 3) if is_drawn else 0,
    )
