"""What merchants may write on cards, against an interpreter that goes the plain way."""

import re

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from app.domain import templates
from app.domain.languages import BUILT_IN
from app.domain.sentences.windows import WINDOWS
from app.domain.templates import Choice, Template, TemplateInvalid
from app.views import sentences
from tests.domain.template_texts import any_facts, any_text

KNOWN = frozenset({"product", "quantity", "name", "place", "count", "window", "rating"})


def parsed(text: str) -> Template:
    return templates.parse(text, KNOWN)


def said(text: str, facts: dict[str, object], language: str = "en") -> str | None:
    """As a page says it: the first of the compiled sentences that holds."""
    for compiled in templates.compile_for(parsed(text), language, WINDOWS[language]):
        pieces = templates.said(compiled, facts, language)
        if pieces is not None:
            return "".join(piece.text for piece in pieces)
    return None


def oracle(template: Template, facts: dict[str, object], language: str) -> str | None:
    """Walks the tree, without compiling anything."""
    parts = [_part(part, facts, language) for part in template]
    return None if None in parts else "".join(part or "" for part in parts)


def _part(part: templates.Part, facts: dict[str, object], language: str) -> str | None:
    if isinstance(part, str):
        return part
    if part.name not in facts:
        return None
    fact = facts[part.name]
    if isinstance(part, Choice):
        return oracle(_branch(part, fact, language), facts, language)
    text = _text(part.name, fact, language)
    if text is None:
        return None
    if part.filter == "upper":
        return text.upper()
    return f"{text[:39]}…" if part.filter == "short" and len(text) > 40 else text


def _text(name: str, fact: object, language: str) -> str | None:
    if name != "window":
        return templates.written(fact, language)
    words = {templates.WINDOWS[word]: said for word, said in WINDOWS[language].items()}
    return words.get(str(fact))


def _branch(choice: Choice, fact: object, language: str) -> Template:
    if choice.name == "window":
        word = next(
            (word for word, each in templates.WINDOWS.items() if each == str(fact)), "other"
        )
    elif f"={fact}" in choice.branches:
        word = f"={fact}"
    else:
        assert isinstance(fact, int)
        word = templates.plural_of(fact, language)
    return choice.branches.get(word, choice.branches["other"])


@given(any_text(KNOWN), any_facts(), st.sampled_from(BUILT_IN))
def test_what_is_compiled_says_what_the_tree_says(
    text: str, facts: dict[str, object], language: str
) -> None:
    try:
        template = parsed(text)
    except TemplateInvalid:
        return
    assert said(text, facts, language) == oracle(template, facts, language)


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    try:
        template = parsed(text)
    except TemplateInvalid as error:
        problem = str(error)
    else:
        problem = "."
        assert templates.facts_of(template) <= KNOWN
    assert "." in problem or "missing" in problem


@given(any_text(KNOWN), any_facts(), st.sampled_from(BUILT_IN))
def test_compiled_sentences_hold_nothing_but_texts_facts_and_guards(
    text: str, facts: dict[str, object], language: str
) -> None:
    try:
        template = parsed(text)
    except TemplateInvalid:
        return
    for compiled in templates.compile_for(template, language, WINDOWS[language]):
        rest = re.sub(r"\{\w+(?:[=|]\w+)?\}", "", compiled)
        assert not set("{}") & set(rest)
        assert "".join(p.text or "" for p in templates.pieces(compiled) if not p.fact) == rest


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "Write a sentence."),
        ("   ", "Write a sentence."),
        ("x" * 301, "Use at most 300 characters."),
        ("one\ntwo", "Write it in one line, without control characters."),
        ("{nobody} bought", "{nobody} is not known here. There are: "),
        ("{product", "There is a { without its }."),
        ("product}", "There is a } without its {."),
        ("{}", "Here the name of a variable is missing"),
        ("{product|loud}", "“loud” is no filter. There are: short, upper."),
        ("{product|short", "There is a { without its }."),
        ("{product, plural, other {x}}", "Plural forms are for {count} and {quantity}"),
        ("{count, plural, one {x}}", "{count, plural, …} needs the form “other”."),
        ("{count, plural, some {x} other {y}}", "“some” is no form of plural"),
        ("{count, plural, other {{quantity, plural, other {x}}}}", "One plural or select inside"),
        ("{count, plural, one {{name}} other {x}}", "“one” asks for {name}, and “other” has to"),
        ("{count, plural, =1 {{name}} one {x} other {{name}}}", "asks for {name}, and “one” has"),
        ("{window, select, 24h {{name}} other {x}}", "“24h” asks for {name}, and “other” has to"),
        ("{count, plural, other x}", "After “other” comes a { with its words."),
        ("{window, select, 1h {x} other {y}}", "“1h” is no form of select"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(text: str, problem: str) -> None:
    with pytest.raises(TemplateInvalid, match=re.escape(problem)):
        parsed(text)


@pytest.mark.parametrize(
    ("text", "facts", "sentence"),
    [
        ("{name|upper} bought {product}", {"name": "Ada", "product": "mug"}, "ADA bought mug"),
        ("{product|short}", {"product": "W" * 60}, "W" * 39 + "…"),
        ("{count, plural, =1 {once} other {# times}}", {"count": 1}, "once"),
        ("{count, plural, =1 {once} other {# times}}", {"count": 1200}, "1,200 times"),
        ("{count} {window}", {"count": 3, "window": 604800}, "3 in the last 7 days"),
        ("{count} {window}", {"count": 3, "window": 60}, None),
        ("{window, select, 24h {today} other {lately}}", {"window": 86400}, "today"),
        ("{window, select, 24h {today} other {lately}}", {"window": 604800}, "lately"),
        (
            "{window, select, 24h {x} other {y}} {window}",
            {"window": 604800},
            "y in the last 7 days",
        ),
        ("{window, select, 24h {x} other {y}}{window}", {"window": 60}, None),
        (
            "{count, plural, other {{window}}}",
            {"window": 86400, "count": 3},
            "in the last 24 hours",
        ),
        ("{count, plural, =1 {one} other {{window}}}", {"count": 1, "window": 60}, "one"),
        ("{count, plural, =1 {a} other {b}}{count, plural, one {c} other {d}}", {"count": 1}, "ac"),
        ("Sold {window|upper}", {"window": 86400}, "Sold IN THE LAST 24 HOURS"),
        ("{name} was here", {}, None),
        ("<b>{product}</b> & more", {"product": "<i>"}, "<b><i></b> & more"),
    ],
)
def test_sentences_are_said(text: str, facts: dict[str, object], sentence: str | None) -> None:
    assert said(text, facts) == sentence


@pytest.mark.parametrize(
    ("number", "form"), [(1, "1 zakup"), (3, "3 zakupy"), (5, "5 zakupów"), (22, "22 zakupy")]
)
def test_plural_forms_are_the_language_s(number: int, form: str) -> None:
    text = "{count, plural, one {# zakup} few {# zakupy} many {# zakupów} other {# zakupu}}"
    assert said(text, {"count": number}, "pl") == form


def test_language_that_nobody_knows_has_its_last_form() -> None:
    template = parsed("{count, plural, one {one} other {many}}")
    assert templates.compile_for(template, "tlh") == ("many",)
    assert templates.compile_for(parsed("{count} {window}"), "tlh") == ()


@given(any_text(KNOWN), any_facts(), st.sampled_from(BUILT_IN))
def test_sentence_tells_no_fact_that_its_template_does_not_ask_for(
    text: str, facts: dict[str, object], language: str
) -> None:
    try:
        asked = templates.facts_of(parsed(text))
    except TemplateInvalid:
        return
    only = {name: fact for name, fact in facts.items() if name in asked}
    assert said(text, facts, language) == said(text, only, language)


@given(any_text(KNOWN), any_facts(), st.sampled_from(BUILT_IN))
def test_sentence_is_no_markup_wherever_it_is_drawn(
    text: str, facts: dict[str, object], language: str
) -> None:
    """Whatever merchants write and facts hold: the only tag is the one that isolates facts."""
    try:
        alternatives = templates.compile_for(parsed(text), language, WINDOWS[language])
    except TemplateInvalid:
        return
    for compiled in alternatives:
        drawn = str(sentences.compose(templates.said(compiled, facts, language) or []))
        assert set(re.findall(r"<[^>]*>?", drawn)) <= {"<bdi>", "</bdi>"}


@pytest.mark.parametrize("language", BUILT_IN)
@given(number=st.integers(0, 10_000))
def test_every_number_has_one_of_the_language_s_own_forms(language: str, number: int) -> None:
    """The forms of CLDR as compiled, against those that Babel finds for the number."""
    forms = ("zero", "one", "two", "few", "many")
    text = f"{{count, plural, {' '.join(f'{form} {{{form}}}' for form in forms)} other {{other}}}}"
    form = str(Locale.parse(language).plural_form(number))
    assert said(text, {"count": number}, language) == form
