"""Every word of the domain's has a sentence for merchants, and none is left over."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from app.domain.events import GIVEN_BACK, ShopEvent
from app.domain.kinds import BY_NAME
from app.domain.notifications import BY_HAND, UNPUBLISHED
from app.views import happenings, kind_tables, reasons

ROOT = Path(__file__).parents[2]
# Where it is decided what is told, and what is taken back.
DECIDING = [
    *sorted(ROOT.glob("app/services/reactions/*.py")),
    *(ROOT / f"app/services/{name}.py" for name in ("cataloguing", "withdrawing")),
    *(ROOT / f"app/domain/{name}.py" for name in ("notifications", "rule_filters")),
]
GIVING = {"Verdict", "append", "decide", "withdraw", "_take_back", "_tell_nothing"}
# Of these, some words are made up of two, some are a constant's, and one stands in SQL.
OTHERS = {
    *(f"order-{status}" for status in GIVEN_BACK),
    BY_HAND,
    "refunded",
    UNPUBLISHED,
    "published",
    "redacted",
}
WORD = re.compile(r"[a-z]+(-[a-z]+)*")


def given() -> set[str]:
    """Every word that is given as a reason: returned, assigned, or handed on."""
    trees = [ast.parse(path.read_text()) for path in DECIDING]
    return {word for tree in trees for node in ast.walk(tree) for word in _words(node)}


def _words(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.FunctionDef(returns=ast.BinOp() | ast.Name(id="str")):
            for each in ast.walk(node):
                if isinstance(each, ast.Return):
                    yield from _said(each.value)
        case ast.Assign(targets=[ast.Name(id="reason" | "otherwise")]):
            yield from _said(node.value)
        case ast.AnnAssign(target=ast.Name(id="reason")):
            yield from _said(node.value)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in GIVING:
            for argument in node.args:
                yield from _said(argument)


def _said(value: ast.expr | None) -> Iterator[str]:
    match value:
        case ast.Constant(value=str(word)) if WORD.fullmatch(word):
            yield word
        case ast.IfExp():
            yield from _said(value.body)
            yield from _said(value.orelse)
        case ast.BoolOp():
            for each in value.values:
                yield from _said(each)
        case ast.Tuple(elts=[ast.Constant(value=str(word)), *_]):
            yield word


def test_every_word_that_a_reaction_gives_has_its_sentence_and_no_sentence_is_left_over() -> None:
    assert given() | OTHERS == set(reasons.SENTENCES)


def test_sentences_are_whole_ones() -> None:
    for said in reasons.SENTENCES.values():
        assert re.fullmatch(r"[A-Z].{8,}\.", said)


def test_word_of_a_newer_release_is_read_as_it_is_written() -> None:
    assert reasons.sentence("moon-phase") == "Moon phase."
    assert happenings.title("moon.rose") == "Moon rose"


def test_every_type_of_event_has_its_title() -> None:
    assert {each.__struct_config__.tag for each in get_args(ShopEvent)} == set(happenings.TITLES)


def test_page_about_kinds_says_what_the_code_does() -> None:
    """`make kinds` writes it anew."""
    assert (ROOT / "docs/kinds.md").read_text() == kind_tables.markdown()
    for name in BY_NAME:
        assert f"`{name}`" in kind_tables.markdown()
