"""The app's own installation in a shop: its scopes, and its metafields, which the theme prints."""

import msgspec

from app.shopify.admin_answers import UserError, insist_on
from app.shopify.queries import Query

NAMESPACE = "earshot"


class _Scope(msgspec.Struct):
    handle: str


class _Installation(msgspec.Struct, rename="camel"):
    id: str
    access_scopes: list[_Scope]


class _Answer(msgspec.Struct, rename="camel"):
    current_app_installation: _Installation


class _Payload(msgspec.Struct, rename="camel"):
    user_errors: list[UserError]


class _Written(msgspec.Struct, rename="camel"):
    metafields_set: _Payload


class Installation(msgspec.Struct, frozen=True):
    """`id` is a global id; `scopes` are those that the merchant has granted by now."""

    id: str
    scopes: tuple[str, ...]


INSTALLATION: Query[Installation] = Query(
    "installation", _Answer, lambda answer: _installation(answer.current_app_installation)
)
SET_METAFIELDS: Query[None] = Query(
    "set_metafields", _Written, lambda answer: insist_on(answer.metafields_set.user_errors)
)


def metafield(owner: str, key: str, value: str) -> dict[str, str]:
    """A line of text that the theme app extension reads as `app.metafields.earshot.<key>`."""
    return {
        "ownerId": owner,
        "namespace": NAMESPACE,
        "key": key,
        "type": "single_line_text_field",
        "value": value,
    }


def _installation(node: _Installation) -> Installation:
    return Installation(node.id, tuple(scope.handle for scope in node.access_scopes))
