"""The sentences that Earshot speaks by itself, and which of them the known facts allow."""

# ruff: noqa: RUF001 (the apostrophes and dashes are those of their languages)

import re
from collections.abc import Collection, Mapping

from app.domain.languages import BUILT_IN, Language
from app.domain.rules import RECENT_ORDER, Rule

Alternatives = tuple[str, ...]

_ALWAYS_KNOWN = frozenset({"product", "quantity"})
_FACT = re.compile(r"\{(\w+)\}")

# The most telling first. Each has to be right for every name, town and title that is put in:
# nothing is bent, no article or preposition depends on what follows, no gender is guessed.
_RECENT_ORDER: dict[Language, Alternatives] = {
    "en": (
        "{name} in {place} bought {product}",
        "{name} bought {product}",
        "Someone in {place} bought {product}",
        "Someone bought {product}",
    ),
    "de": (
        "{name} aus {place} hat {product} gekauft",
        "{name} hat {product} gekauft",
        "Jemand aus {place} hat {product} gekauft",
        "Jemand hat {product} gekauft",
    ),
    # "à" would become "au" before Le Mans, "de" lose its vowel before Annecy.
    "fr": (
        "{name} a acheté {product} depuis {place}",
        "{name} a acheté {product}",
        "Quelqu’un a acheté {product} depuis {place}",
        "Quelqu’un a acheté {product}",
    ),
    "es": (
        "{name}, de {place}, compró {product}",
        "{name} compró {product}",
        "Alguien de {place} compró {product}",
        "Alguien compró {product}",
    ),
    "it": (
        "{name} da {place} ha acquistato {product}",
        "{name} ha acquistato {product}",
        "Qualcuno da {place} ha acquistato {product}",
        "Qualcuno ha acquistato {product}",
    ),
    # Some towns have an article that melts into the preposition (no Porto), some have none.
    "pt": (
        "{name} ({place}) comprou {product}",
        "{name} comprou {product}",
        "Alguém comprou {product} ({place})",
        "Alguém comprou {product}",
    ),
    "nl": (
        "{name} uit {place} heeft {product} gekocht",
        "{name} heeft {product} gekocht",
        "Iemand uit {place} heeft {product} gekocht",
        "Iemand heeft {product} gekocht",
    ),
    # A verb in the past would tell the gender, a preposition would bend the town.
    "pl": (
        "{name} ({place}) – zakup: {product}",
        "{name} – zakup: {product}",
        "Ktoś kupił: {product} ({place})",
        "Ktoś kupił: {product}",
    ),
    "ja": (
        "{place}の{name}さんが「{product}」を購入しました",
        "{name}さんが「{product}」を購入しました",
        "{place}のお客様が「{product}」を購入しました",
        "お客様が「{product}」を購入しました",
    ),
    # The passive, where a verb would have to agree with whoever has that name.
    "ar": (
        "تم شراء {product} من قِبل {name} من {place}",
        "تم شراء {product} من قِبل {name}",
        "اشترى شخص من {place} {product}",
        "اشترى شخص ما {product}",
    ),
}
_BUILT_IN: dict[str, dict[Language, Alternatives]] = {RECENT_ORDER: _RECENT_ORDER}


def of(rule: Rule) -> dict[Language, Alternatives]:
    """By language: the merchant's own sentence before ours, ours the most telling first."""
    ours = _BUILT_IN.get(rule.kind, {})
    every = {tag: _own(rule.wish.wording, tag, ours) + ours.get(tag, ()) for tag in BUILT_IN}
    return {tag: alternatives for tag, alternatives in every.items() if alternatives}


def plain(alternatives: Alternatives) -> str | None:
    """The one for whoever knows of no alternatives: it asks for nothing that may be unknown."""
    return choose(alternatives, _ALWAYS_KNOWN)


def choose(alternatives: Alternatives, known_facts: Collection[str]) -> str | None:
    """The first whose facts are all known."""
    return next((each for each in alternatives if facts_in(each) <= set(known_facts)), None)


def without(alternatives: Alternatives, facts: Collection[str]) -> Alternatives:
    """Those that ask for none of the facts: an open page may still know what is told no more."""
    return tuple(each for each in alternatives if not facts_in(each) & set(facts))


def facts_in(sentence: str) -> frozenset[str]:
    return frozenset(_FACT.findall(sentence))


def _own(
    wording: Mapping[str, str], language: Language, ours: Mapping[Language, Alternatives]
) -> Alternatives:
    """The first releases stored our plainest sentence as if the merchant had chosen it."""
    own = wording.get(language)
    return (own,) if own and own not in ours.get(language, ()) else ()
