"""What the form of a rule's page sends, and the rule that it is about."""

from uuid import UUID

from app.data import rules, shops
from app.domain import rule_forms
from app.domain.languages import BUILT_IN
from app.domain.rules import Rule
from app.doors import Doors
from app.routes import forms

LARGEST = 64_000
VERSION, ON_TOP_OF, TAG, TEXT = "version", "on_top_of", "another.tag", "another.text"


async def known(doors: Doors, shop: str, rule_id: UUID) -> Rule:
    """Raises RuleUnknown, ShopUnknown."""
    async with doors.data.tenant(shop) as connection:
        await shops.require_installed(connection, shop)
        return await rules.find(shop, rule_id)


def field_names(rule: Rule) -> frozenset[str]:
    """Of all fields that a rule's page may send."""
    return rule_forms.names(rule, BUILT_IN) | {VERSION, ON_TOP_OF, TAG, TEXT, "q"}


def with_another(typed: dict[str, list[str]]) -> dict[str, list[str]]:
    """With the words in one more language among the others."""
    tag, text = forms.text(typed, TAG).strip(), forms.text(typed, TEXT)
    rest = {name: texts for name, texts in typed.items() if name not in (TAG, TEXT, "q")}
    return {**rest, f"wording.{tag or '?'}": [text]} if tag or text.strip() else rest
