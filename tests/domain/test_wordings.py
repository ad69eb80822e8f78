import itertools
from uuid import UUID

import pytest

from app.domain import wordings
from app.domain.kinds import RECENT_ORDER
from app.domain.languages import BUILT_IN, Language
from app.domain.rules import Rule, Wish

FACTS = ("name", "place", "country", "product", "quantity")


def rule(kind: str = RECENT_ORDER, **wording: str) -> Rule:
    return Rule(UUID(int=1), kind, True, Wish(wording=wording))


def said(alternatives: wordings.Alternatives, facts: dict[str, object]) -> str:
    return "".join(piece.text for piece in wordings.choose(alternatives, facts, "en") or ())


@pytest.mark.parametrize("language", BUILT_IN)
def test_every_language_has_a_sentence_for_what_is_known(language: Language) -> None:
    alternatives = wordings.of(rule())[language]
    found = [set(wordings.facts_in(each)) for each in alternatives]
    assert found == [
        {"name", "place", "product"},
        {"name", "country", "product"},
        {"name", "product"},
        {"place", "product"},
        {"country", "product"},
        {"product"},
    ]
    assert len(set(alternatives)) == 6


@pytest.mark.parametrize("language", BUILT_IN)
def test_placeholders_are_all_that_braces_are_for(language: Language) -> None:
    for sentence in wordings.of(rule())[language]:
        bare = sentence
        for fact in FACTS:
            bare = bare.replace(f"{{{fact}}}", "")
        assert not set("{}<>&") & set(bare)
        assert sentence == sentence.strip()
        assert "  " not in sentence


def test_sentence_never_tells_what_is_not_known() -> None:
    alternatives = wordings.of(rule())["en"]
    for size in range(len(FACTS) + 1):
        for known in itertools.combinations(FACTS, size):
            chosen = wordings.choose(alternatives, {name: name.upper() for name in known}, "en")
            assert (chosen is None) is ("product" not in known)
            assert {piece.fact for piece in chosen or ()} <= {"", *known}


def test_most_telling_sentence_is_chosen() -> None:
    alternatives = wordings.of(rule())["en"]
    facts: dict[str, object] = {"name": "Ada", "place": "Lyon", "product": "Alba mug"}
    assert said(alternatives, facts) == "Ada in Lyon bought Alba mug"
    del facts["name"]
    assert said(alternatives, facts) == "Someone in Lyon bought Alba mug"


def test_merchant_s_own_sentence_comes_first() -> None:
    found = wordings.of(rule(de="Neu in {place}: {product}"))
    assert found["de"][0] == "Neu in {place}: {product}"
    assert wordings.plain(found["de"]) == "Jemand hat {product} gekauft"
    assert len(found["en"]) == 6


def test_sentence_that_was_stored_by_the_first_release_is_ours() -> None:
    assert wordings.of(rule(en="Someone bought {product}")) == wordings.of(rule())


def test_kind_without_sentences_of_ours_speaks_the_merchant_s() -> None:
    assert wordings.of(rule("of-a-newer-release")) == {}
    assert wordings.of(rule("of-a-newer-release", en="{count} today")) == {"en": ("{count} today",)}
    assert wordings.plain(("{count} today",)) is None


def test_words_of_merchants_are_not_kept_for_ever() -> None:
    for number in range(2_100):
        wordings.of(rule(tlh=f"Bought {number}"))
    assert wordings._compiled.cache_info().currsize <= 2_000
