"""Which sentences a rule may say: the merchant's own, then Earshot's, the most telling first.

They are compiled here, as open pages get them; see `domain.templates`.
"""

from collections.abc import Collection, Mapping
from functools import lru_cache

from app.domain import templates
from app.domain.languages import BUILT_IN
from app.domain.rules import Rule
from app.domain.sentences.windows import WINDOWS
from app.domain.templates import Piece, TemplateInvalid

Alternatives = tuple[str, ...]

# All of a rule's sentences go to every open page; enough for two numbers in Arabic, over windows.
_MOST = 120

_ALWAYS_KNOWN = frozenset({"product", "quantity"})
_ANY = frozenset({"product", "quantity", "name", "place", "country", "count", "window", "rating"})


def of(rule: Rule) -> dict[str, Alternatives]:
    """By language."""
    kind = rule.of_kind
    languages = dict.fromkeys((*BUILT_IN, *rule.wish.wording))
    every = {
        tag: _own(rule, tag) + _compiled(kind.sentences.get(tag, ()), tag) for tag in languages
    }
    return {tag: alternatives for tag, alternatives in every.items() if alternatives}


def problem(text: str, variables: Collection[str], language: str) -> str | None:
    """Why these words cannot be said in the language; None where they can."""
    try:
        template = templates.parse(text, variables)
    except TemplateInvalid as error:
        return str(error)
    compiled = templates.compile_for(template, language, _windows(language))
    if not compiled:
        return "Earshot cannot say {window} in this language: write {window, select, 24h {…} …}."
    if len(compiled) > _MOST:
        return f"Use fewer forms: together they make {len(compiled)} sentences, {_MOST} at most."
    return None


def number_of_own(rule: Rule) -> int:
    """How many sentences the merchant's words make, in all languages."""
    return sum(len(_own(rule, language)) for language in rule.wish.wording)


def plain(alternatives: Alternatives) -> str | None:
    """The one for whoever knows of no alternatives: it asks for nothing that may be unknown."""
    return next((each for each in alternatives if _is_plain(each)), None)


def choose(
    alternatives: Alternatives, facts: Mapping[str, object], language: str
) -> list[Piece] | None:
    """The first that holds of these facts, in its pieces."""
    said = (templates.said(each, facts, language) for each in alternatives)
    return next((each for each in said if each is not None), None)


def without(alternatives: Alternatives, facts: Collection[str]) -> Alternatives:
    """Those that ask for none of the facts: an open page may still know what is told no more."""
    return tuple(each for each in alternatives if not facts_in(each) & set(facts))


def facts_in(sentence: str) -> frozenset[str]:
    return frozenset(piece.fact for piece in templates.pieces(sentence) if piece.fact)


def _is_plain(sentence: str) -> bool:
    pieces = templates.pieces(sentence)
    return all(not each.way and (not each.fact or each.fact in _ALWAYS_KNOWN) for each in pieces)


def _own(rule: Rule, language: str) -> Alternatives:
    """The first releases stored our plainest sentence as if the merchant had chosen it."""
    text = rule.wish.wording.get(language)
    ours = rule.of_kind.sentences.get(language, ())
    return _compiled((text,), language) if text and text not in ours else ()


# Bounded: merchants' words are among them, and drafts of those.
@lru_cache(maxsize=2_000)
def _compiled(sentences: Alternatives, language: str) -> Alternatives:
    found: list[str] = []
    for each in sentences:
        try:
            template = templates.parse(each, _ANY)
        except TemplateInvalid:
            continue
        found += templates.compile_for(template, language, _windows(language))
    return tuple(found)


def _windows(language: str) -> Mapping[str, str]:
    return WINDOWS.get(language, templates.NO_WINDOWS)
