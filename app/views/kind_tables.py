"""docs/kinds.md: what each kind may say and be filtered by, what proves it, and why it is silent.

`make kinds` writes it anew; a test compares it with the code.
"""

import sys
from collections.abc import Iterable, Sequence

from app.domain.kinds import BY_NAME, LOW_STOCK, ORDER_COUNT, REVIEW, Kind
from app.views import reasons

_HEAD = """\
# Kinds of notification

`make kinds` writes this page from `app/domain/kinds.py` and `app/views/reasons.py`.

## What each may say, and what proves it

**Variables** may stand in the sentences of a rule, **filters** narrow what it tells, **at least**
is the minimum unless the merchant says otherwise (for low stock: at most). With **windows** it
counts over the last 24 hours, 7 or 30 days. A notification is stored with the events that prove
it; without them there is none.
"""

_REASONS = """
## Why something is not told, or was taken back

The word is stored with the event for each rule, and with the notification that it ended; merchants
read the sentence.
"""
_UNITS = {ORDER_COUNT: "orders", REVIEW: "stars", LOW_STOCK: "pieces"}


def markdown() -> str:
    """The whole page."""
    kinds = _table(
        ("kind", "name", "variables", "filters", "at least", "windows", "proved by"),
        (_row(kind) for kind in BY_NAME.values()),
    )
    words = _table(
        ("word", "sentence"), ((f"`{word}`", said) for word, said in reasons.SENTENCES.items())
    )
    return "\n".join((_HEAD, kinds, _REASONS, words, ""))


def _row(kind: Kind) -> Sequence[str]:
    return (
        kind.title,
        f"`{kind.name}`",
        _list(f"{{{name}}}" for name in sorted(kind.variables)),
        _list(kind.filters),
        f"{kind.minimum} {_UNITS.get(kind.name, 'carts')}" if kind.minimum else "no minimum",
        "yes" if kind.has_windows else "no",
        kind.proof,
    )


def _list(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "none"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (head, ["---"] * len(head), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    sys.stdout.write(markdown())
