"""The language in which cards are worded: variables, filters, plural forms. No markup, no code.

    {count, plural, =1 {Bought once} other {Bought # times}} {window}
    {name|upper} bought {product|short}

It is a part of ICU's MessageFormat, with filters added. What open pages get is compiled: plain
alternatives, the first of which that holds is said, so that they need no parser.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeGuard

from babel.numbers import format_decimal

from app.domain.languages import locale_of

LONGEST = 300
FILTERS = ("short", "upper")
# Which numbers have plural forms, and what the words of a `select` stand for.
COUNTED = frozenset({"count", "quantity"})
WINDOWS = {"24h": "86400", "7d": "604800", "30d": "2592000"}

NO_WINDOWS: Mapping[str, str] = {}
_SHORT = 40  # characters
_NAME = re.compile(r"[a-z_]+")
_EXACTLY = re.compile(r"=\d{1,6}")
_CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})
_COMPILED = re.compile(r"\{(\w+)(?:([=|])(\w+))?\}")


class TemplateInvalid(ValueError):
    """Words that cannot be said; the message says why, to whoever typed them."""


class Variable(NamedTuple):
    name: str
    filter: str | None = None


class Choice(NamedTuple):
    """By a number's plural form, or by the window that was counted over."""

    name: str
    branches: dict[str, "Template"]


Part = str | Variable | Choice
Template = tuple[Part, ...]


class Piece(NamedTuple):
    """A text, or a fact with what is done to it (`|`) or asked of it (`=`)."""

    text: str = ""
    fact: str = ""
    way: str = ""
    word: str = ""


def parse(text: str, variables: Collection[str]) -> Template:
    """Raises TemplateInvalid."""
    if len(text) > LONGEST:
        raise TemplateInvalid(f"Use at most {LONGEST} characters.")
    if not text.strip():
        raise TemplateInvalid("Write a sentence.")
    if not text.isprintable():
        raise TemplateInvalid("Write it in one line, without control characters.")
    reader = _Reader(text, variables)
    template = reader.template()
    if reader.rest:
        raise TemplateInvalid("There is a } without its {.")
    return template


def facts_of(template: Template) -> frozenset[str]:
    """All that it may ask for."""
    return frozenset(_facts(template))


def compile_for(
    template: Template, language: str, windows: Mapping[str, str] = NO_WINDOWS
) -> tuple[str, ...]:
    """Alternatives as they go to open pages, of which the first that holds is said.

    `windows` says `{window}` in the language, by the words of WINDOWS; without them a template that
    asks for it cannot be said. The form `other` has no guard: what a kind counts is always known.
    """
    if not windows and any(each.name == "window" for each in _variables(template)):
        return ()
    return tuple(dict.fromkeys(_alternatives(template, language, windows)))


def said(compiled: str, facts: Mapping[str, object], language: str) -> list[Piece] | None:
    """Its pieces as they are said of these facts; None where it does not hold."""
    found: list[Piece] = []
    for piece in pieces(compiled):
        if not piece.fact:
            found.append(piece)
        elif piece.fact not in facts:
            return None
        elif piece.way != "=":
            text = written(facts[piece.fact], language)
            found.append(piece._replace(text=_filtered(text, piece.word)))
        elif not _is(facts[piece.fact], piece.word, language):
            return None
    return found


def pieces(compiled: str) -> list[Piece]:
    """A compiled sentence, taken apart."""
    found = []
    end = 0
    for match in _COMPILED.finditer(compiled):
        if match.start() > end:
            found.append(Piece(text=compiled[end : match.start()]))
        found.append(Piece("", match[1], match[2] or "", match[3] or ""))
        end = match.end()
    return found + ([Piece(text=compiled[end:])] if end < len(compiled) else [])


def written(fact: object, language: str) -> str:
    """Numbers with the signs of the language."""
    locale = locale_of(language)
    return format_decimal(fact, locale=locale) if locale and _is_number(fact) else str(fact)


def plural_of(number: float, language: str) -> str:
    """The category of the language's rules (CLDR), `other` where they are not known."""
    locale = locale_of(language)
    return str(locale.plural_form(number)) if locale else "other"


class _Reader:
    """One walk over the text; `rest` is what was not read yet."""

    def __init__(self, text: str, variables: Collection[str]) -> None:
        self.rest = text
        self._variables = variables

    def template(self, number: str | None = None) -> Template:
        """Until the text ends, or the brace that closes a branch; there `#` is the number."""
        parts: list[Part] = []
        while self.rest and self.rest[0] != "}":
            if self.rest[0] == "{":
                self._skip(1)
                parts.append(self._placeholder(is_in_branch=number is not None))
            elif self.rest[0] == "#" and number:
                self._skip(1)
                parts.append(Variable(number))
            else:
                parts.append(self._text("{}#" if number else "{}"))
        return tuple(parts)

    def _text(self, until: str) -> str:
        found = re.split(f"[{until}]", self.rest, maxsplit=1)[0]
        self._skip(len(found))
        return found

    def _placeholder(self, *, is_in_branch: bool) -> Part:
        name = self._word(_NAME, "the name of a variable")
        if name not in self._variables:
            known = ", ".join(f"{{{each}}}" for each in sorted(self._variables))
            raise TemplateInvalid(f"{{{name}}} is not known here. There are: {known}.")
        match self._sign():
            case "}":
                return Variable(name)
            case "|":
                return self._filtered(name)
            case "," if is_in_branch:
                raise TemplateInvalid("One plural or select inside of another cannot be read.")
            case ",":
                return self._choice(name)
            case _:
                raise TemplateInvalid(f"After {{{name} comes a }}.")

    def _filtered(self, name: str) -> Variable:
        word = self._word(_NAME, "a filter")
        if word not in FILTERS:
            raise TemplateInvalid(f"“{word}” is no filter. There are: {', '.join(FILTERS)}.")
        if self._sign() != "}":
            raise TemplateInvalid(f"After {{{name}|{word} comes a }}.")
        return Variable(name, word)

    def _choice(self, name: str) -> Choice:
        way = self._word(_NAME, "plural or select")
        if (way, name) != ("select", "window") and (way != "plural" or name not in COUNTED):
            raise TemplateInvalid(
                "Plural forms are for {count} and {quantity}, select is for {window}."
            )
        if self._sign() != ",":
            raise TemplateInvalid(f"After {way} comes a comma.")
        branches: dict[str, Template] = {}
        while not self.rest.lstrip().startswith("}"):
            word = self._case(way)
            if self._sign() != "{":
                raise TemplateInvalid(f"After “{word}” comes a {{ with its words.")
            branches[word] = self.template(name if way == "plural" else "")
            if self._sign() != "}":
                raise TemplateInvalid("There is a { without its }.")
        self._sign()
        if "other" not in branches:
            raise TemplateInvalid(f"{{{name}, {way}, …}} needs the form “other”.")
        _insist_on_later_forms(branches)
        return Choice(name, branches)

    def _case(self, way: str) -> str:
        self.rest = self.rest.lstrip()
        if way == "select":
            match = re.match(r"\w+", self.rest)
            known: Collection[str] = {*WINDOWS, "other"}
        else:
            match = _EXACTLY.match(self.rest) or _NAME.match(self.rest)
            known = _CATEGORIES
        word = match[0] if match else self.rest[:1]
        if not word:
            raise TemplateInvalid("There is a { without its }.")
        if word not in known and not (way == "plural" and _EXACTLY.fullmatch(word)):
            raise TemplateInvalid(f"“{word}” is no form of {way}: {', '.join(sorted(known))}.")
        self._skip(len(word))
        return word

    def _word(self, pattern: re.Pattern[str], what: str) -> str:
        self.rest = self.rest.lstrip()
        match = pattern.match(self.rest)
        if match is None:
            raise TemplateInvalid(f"Here {what} is missing: {{{self.rest[:12]}")
        self._skip(len(match[0]))
        return match[0]

    def _sign(self) -> str:
        self.rest = self.rest.lstrip()
        if not self.rest:
            raise TemplateInvalid("There is a { without its }.")
        sign = self.rest[0]
        self._skip(1)
        return sign

    def _skip(self, number: int) -> None:
        self.rest = self.rest[number:]


def _insist_on_later_forms(branches: Mapping[str, Template]) -> None:
    """Where a form asks for a fact that is unknown, the next one is tried that holds as well, and
    `other` at last: it would be said of what it is not meant for, if it asked for less."""
    asked = {word: {*_facts(branch)} - COUNTED for word, branch in branches.items()}
    for word, facts in asked.items():
        for later in _later(word, branches):
            if lacking := sorted(facts - asked[later]):
                raise TemplateInvalid(
                    f"“{word}” asks for {{{lacking[0]}}}, and “{later}” has to ask for it as well."
                )


def _later(word: str, forms: Collection[str]) -> list[str]:
    """Those that may hold of what a form holds of, and come after it."""
    if word == "other":
        return []
    is_exact = word.startswith("=")
    return [each for each in forms if each == "other" or (is_exact and not each.startswith("="))]


def _facts(template: Template) -> Iterator[str]:
    for part in template:
        if isinstance(part, Variable):
            yield part.name
        elif isinstance(part, Choice):
            yield part.name
            for branch in part.branches.values():
                yield from _facts(branch)


def _variables(template: Template) -> Iterator[Variable]:
    for part in template:
        if isinstance(part, Variable):
            yield part
        elif isinstance(part, Choice):
            for branch in part.branches.values():
                yield from _variables(branch)


def _alternatives(template: Template, language: str, windows: Mapping[str, str]) -> Iterator[str]:
    template = tuple(_worded(part, windows) for part in template)
    choices = [part for part in template if isinstance(part, Choice)]
    if not choices:
        yield "".join(map(_unfilled, template))
        return
    # Windows come last: the branches of a number may say one.
    name = min(choices, key=lambda each: each.name == "window").name
    for word in _cases(name, _forms(choices, name), language):
        guard = "" if word == "other" else f"{{{name}={word}}}"
        for rest in _alternatives(_chosen(template, name, word, language), language, windows):
            yield guard + rest


def _worded(part: Part, windows: Mapping[str, str]) -> Part:
    """`{window}` in words; nothing is `other` than those."""
    if not isinstance(part, Variable) or part.name != "window":
        return part
    return Choice(
        "window", {word: (_filtered(said, part.filter or ""),) for word, said in windows.items()}
    )


def _forms(choices: Iterable[Choice], name: str) -> list[str]:
    """All forms that are told apart; `other` where every choice has words for it."""
    forms: dict[str, None] = {}
    asked = [each.branches for each in choices if each.name == name]
    for branches in asked:
        forms.update(dict.fromkeys(branches))
    return [each for each in forms if each != "other" or all("other" in one for one in asked)]


def _cases(name: str, forms: list[str], language: str) -> list[str]:
    """The words that pages compare with: exact numbers first, `other` last."""
    if name == "window":
        cases = [seconds for word, seconds in WINDOWS.items() if word in forms]
    else:
        locale = locale_of(language)
        spoken = locale.plural_form.tags if locale else frozenset[str]()
        exact = [word[1:] for word in forms if word.startswith("=")]
        cases = exact + sorted(word for word in forms if word in spoken)
    return [*cases, "other"] if "other" in forms else cases


def _chosen(template: Template, name: str, word: str, language: str) -> Template:
    """With the words of one case in the place of each choice by that name."""
    parts: list[Part] = []
    for part in template:
        if isinstance(part, Choice) and part.name == name:
            parts += _branch(part, word, language)
        else:
            parts.append(part)
    return tuple(parts)


def _unfilled(part: Part) -> str:
    if isinstance(part, Variable):
        return f"{{{part.name}|{part.filter}}}" if part.filter else f"{{{part.name}}}"
    return str(part)


def _branch(choice: Choice, word: str, language: str) -> Template:
    """`word` is as pages compare; a number that another choice names has its plural form here."""
    windows = {seconds: name for name, seconds in WINDOWS.items()}
    form = plural_of(int(word), language) if word.isdigit() else ""
    for name in (word, f"={word}", windows.get(word, form)):
        if name in choice.branches:
            return choice.branches[name]
    return choice.branches["other"]


def _is_number(fact: object) -> TypeGuard[float]:
    return isinstance(fact, int | float)


def _is(fact: object, word: str, language: str) -> bool:
    return str(fact) == word or (_is_number(fact) and plural_of(fact, language) == word)


def _filtered(text: str, word: str) -> str:
    match word:
        case "upper":
            return text.upper()
        case "short" if len(text) > _SHORT:
            return text[: _SHORT - 1].rstrip() + "…"
        case _:
            return text
