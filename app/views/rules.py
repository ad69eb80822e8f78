"""A shop's rules as their pages show them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from app.domain import rule_forms, samples, wordings
from app.domain.choices import Choice
from app.domain.document_forms import Fields
from app.domain.kinds import BY_NAME
from app.domain.notifications import ProductFacts
from app.domain.rules import Rule, beginning
from app.domain.settings import Privacy, ShopSettings
from app.views import languages, numbers, reasons, rule_words, sentences, words
from app.views.changes import Change, Conflict
from app.views.forms import Form
from app.views.settings_words import Options, Words

_PUBLISHED = "published"


@dataclass(frozen=True)
class Decided:
    """What a rule did over a while: how many notifications it made, and of how many events it told
    nothing for which reason, most frequent first."""

    told: int
    reasons: list[tuple[str, int]]

    @property
    def told_label(self) -> str:
        said = numbers.counted(self.told, "notification")
        return said if self.told else "Nothing told"


@dataclass(frozen=True)
class RuleRow:
    """`decided` is of the last 24 hours, with its reasons in few words."""

    id: str
    version: int
    title: str
    sentence: Markup
    summary: list[str]
    enabled: bool
    decided: Decided


@dataclass(frozen=True)
class Rules:
    """What templates/rules/_list.html draws; `problem` says why nothing was changed, or else what
    `changed` by its id."""

    rows: list[RuleRow]
    kinds: Options = tuple((kind.name, kind.title) for kind in BY_NAME.values())
    problem: str | None = None
    changed: str | None = None

    def after(self, problem: str | None, changed: str | None) -> "Rules":
        return replace(self, problem=problem, changed=changed)


@dataclass(frozen=True)
class Language:
    """Of the form: what may be written in it, and what is said where nothing is."""

    tag: str
    name: str
    ours: str


@dataclass(frozen=True)
class RuleForm:
    """What templates/rules/_form.html draws; `version` is the one that is edited.

    `chosen` names what stands in the fields that are chosen from the shop's catalogue.
    """

    id: str
    kind: str
    title: str
    about: str
    form: Form
    version: int
    example: Markup
    languages: list[Language]
    variables: list[str]
    chosen: Mapping[str, Sequence[Choice]]
    fields: frozenset[str]
    time_zone: str
    currency: str
    is_own: bool
    conflict: Conflict | None = None
    words: Mapping[str, Words] = field(default_factory=lambda: rule_words.WORDS)

    @property
    def minimum(self) -> Words:
        return rule_words.MINIMUMS[self.kind]

    @property
    def leaves_out(self) -> bool:
        """Whether some products are never told of."""
        return any(self.chosen[name] for name in self.chosen if name.startswith("filters.never"))

    @property
    def is_unsaved(self) -> bool:
        return self.conflict is not None or bool(self.form.problems)

    def typed(self, typed: Fields, version: int, problems: dict[str, str]) -> "RuleForm":
        """The same form with what was typed into it, on top of an older version perhaps."""
        return replace(self, form=Form(typed, problems), version=version)

    def contradicted(self, conflict: Conflict) -> "RuleForm":
        return replace(self, conflict=conflict)


def rows(
    rules: Iterable[Rule],
    decided: Mapping[str, Mapping[str, int]],
    made: Mapping[str, int],
    privacy: Privacy,
    product: ProductFacts | None,
) -> Rules:
    """By a rule's id, `decided` says how often it gave which word, `made` what it told."""
    return Rules(
        [
            _row(
                rule,
                _decided(decided.get(str(rule.id), {}), made.get(str(rule.id), 0), words.label, 3),
                privacy,
                product,
            )
            for rule in rules
        ]
    )


def form(
    rule: Rule,
    shop: str,
    settings: ShopSettings,
    product: ProductFacts | None,
    chosen: Mapping[str, Sequence[Choice]],
    *,
    time_zone: str,
    currency: str,
) -> RuleForm:
    kind = rule.of_kind
    return RuleForm(
        id=str(rule.id),
        kind=rule.kind,
        title=kind.title,
        about=rule_words.ABOUT[rule.kind],
        form=Form(rule_forms.fields(rule)),
        version=rule.version,
        example=example(rule, settings.privacy, product),
        languages=_languages(rule, settings),
        variables=sorted(kind.variables),
        chosen=chosen,
        fields=frozenset(rule_forms.shown(kind)),
        time_zone=time_zone,
        currency=currency,
        is_own=rule.id not in {each.id for each in beginning(shop)},
    )


def example(rule: Rule, privacy: Privacy, product: ProductFacts | None) -> Markup:
    """A sentence that shoppers may read, in English or else in a language that it has words in."""
    said = wordings.of(rule)
    if not said:
        return Markup(samples.NOT_WRITTEN)
    language = "en" if "en" in said else next(iter(said))
    return sentences.compose(samples.telling(rule, privacy, product, language).sentence)


def changes(theirs: Rule, mine: Rule) -> list[Change]:
    """Where two versions of a rule differ, in words."""
    before, after = rule_forms.fields(theirs), rule_forms.fields(mine)
    differing = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return [
        Change(name, _label(name), _said(name, before), _said(name, after)) for name in differing
    ]


def _row(rule: Rule, decided: Decided, privacy: Privacy, product: ProductFacts | None) -> RuleRow:
    return RuleRow(
        id=str(rule.id),
        version=rule.version,
        title=rule.of_kind.title,
        sentence=example(rule, privacy, product),
        summary=rule_words.summary(rule),
        enabled=rule.enabled,
        decided=decided,
    )


def decisions(given: Mapping[str, int], made: int) -> Decided:
    """`given` says how often a rule gave which word; all reasons, as sentences."""
    return _decided(given, made, reasons.sentence, len(given))


def _decided(given: Mapping[str, int], made: int, say: Callable[[str], str], most: int) -> Decided:
    against = [(say(word), count) for word, count in given.items() if word != _PUBLISHED]
    return Decided(made, sorted(against, key=lambda each: (-each[1], each[0]))[:most])


def _languages(rule: Rule, settings: ShopSettings) -> list[Language]:
    """The one for all other shoppers first; then those that are turned on, or written in."""
    fallback = settings.languages.fallback
    first = [fallback] if fallback else []
    tags = dict.fromkeys([*first, *settings.languages.enabled, *rule.wish.wording])
    return [Language(tag, languages.name(tag), _ours(rule, tag)) for tag in tags]


def _ours(rule: Rule, tag: str) -> str:
    """The sentence of Earshot's own that tells most."""
    return next(iter(rule.of_kind.sentences.get(tag, ())), "")


def _label(name: str) -> str:
    if name.startswith("wording."):
        return f"Words in {languages.name(name.removeprefix('wording.'))}"
    return rule_words.WORDS[name].label if name in rule_words.WORDS else words.label(name)


def _said(name: str, fields: Fields) -> str:
    known = rule_words.WORDS.get(name)
    options = dict(known.options) if known else {}
    return ", ".join(options.get(each, each) for each in fields.get(name, ()) if each) or "none"
