"""Any settings that a shop may have, for property tests."""

from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

from app.domain import settings_rules
from app.domain.settings import ShopSettings


def any_settings() -> st.SearchStrategy[ShopSettings]:
    """Within the limits of each field, and of what must hold between them."""
    return any_document().map(_allowed)


def any_document() -> st.SearchStrategy[ShopSettings]:
    """Within the limits of each field."""
    return _of(inspect.type_info(ShopSettings))


def _allowed(settings: ShopSettings) -> ShopSettings:
    """With the defaults for a part in which fields do not go together."""
    parts = {path.partition(".")[0] for path in settings_rules.problems(settings)}
    defaults = {part: getattr(ShopSettings(), part) for part in parts}
    return msgspec.structs.replace(settings, **defaults)


def _of(kind: inspect.Type) -> st.SearchStrategy[Any]:
    match kind:
        case inspect.StructType(cls=cls, fields=fields):
            return st.builds(cls, **{each.name: _of(each.type) for each in fields})
        case inspect.Metadata(type=plain):
            return _of(plain)
        case inspect.UnionType(types=types):
            return st.one_of(*[_of(each) for each in types])
        case inspect.VarTupleType(item_type=item):
            return st.lists(_of(item), unique=True, max_size=5).map(tuple)
        case inspect.LiteralType(values=values):
            return st.sampled_from(list(values))
        case inspect.IntType(ge=least, le=most):
            return st.integers(least, most)
        case inspect.StrType(pattern=str(pattern)):
            return st.from_regex(pattern.removesuffix("\\Z"), fullmatch=True)
        case inspect.BoolType():
            return st.booleans()
        case _:
            return st.none()
