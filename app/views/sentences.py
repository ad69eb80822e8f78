"""A sentence with its facts put in, as HTML."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from app.domain.templates import Piece


def compose(pieces: Iterable[Piece]) -> Markup:
    """`Someone bought <bdi>Alba mug</bdi>`.

    Wording and facts are the merchant's and the shoppers' text, so both are escaped. Each fact is
    isolated: a right-to-left title must not reorder the words around it.
    """
    return Markup("").join(_drawn(each) for each in pieces)


def _drawn(piece: Piece) -> Markup:
    return Markup("<bdi>{}</bdi>").format(piece.text) if piece.fact else escape(piece.text)
