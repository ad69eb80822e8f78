"""A rule's wording with its facts put in, as HTML."""

import re
from collections.abc import Mapping

from markupsafe import Markup, escape

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def compose(wording: str, facts: Mapping[str, object]) -> Markup:
    """`Someone bought {product}` with its product.

    Wording and facts are the merchant's and the shoppers' text, so both are escaped. Each fact
    is isolated: a right-to-left title must not reorder the words around it. A placeholder without
    a fact stays as it was typed, for the merchant to see.
    """
    pieces = _PLACEHOLDER.split(wording)
    return Markup("").join(
        _fact(piece, facts) if position % 2 else escape(piece)
        for position, piece in enumerate(pieces)
    )


def _fact(name: str, facts: Mapping[str, object]) -> Markup:
    if name not in facts:
        return escape(f"{{{name}}}")
    return Markup("<bdi>{}</bdi>").format(facts[name])
