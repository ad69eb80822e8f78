"""A shop's keys for programs as its page shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain import api_keys
from app.domain.api_keys import ApiKey
from app.views import members
from app.views.forms import Form
from app.views.moments import Clock, Moment

EMPTY = Form({})


@dataclass(frozen=True)
class KeyView:
    """`beginning` is of its token, to recognise it by."""

    id: str
    name: str
    beginning: str
    author: str
    created: Moment
    last_used: Moment | None
    revoked: Moment | None


@dataclass(frozen=True)
class NewKey:
    """A key that was just made, with its token: to be shown once."""

    name: str
    token: str = field(repr=False)


@dataclass(frozen=True)
class Keys:
    """What templates/api_keys/_keys.html draws; `is_answer` where it follows a change."""

    in_use: list[KeyView]
    revoked: list[KeyView]
    new: NewKey | None = None
    is_answer: bool = False

    def after(self, new: NewKey | None = None) -> "Keys":
        return replace(self, new=new, is_answer=True)


def view(
    in_use: Sequence[ApiKey], revoked: Sequence[ApiKey], names: Mapping[str, str], clock: Clock
) -> Keys:
    """`names` are those of the staff, as far as they are known."""
    return Keys(
        [_key(each, names, clock) for each in in_use],
        [_key(each, names, clock) for each in revoked],
    )


def _key(key: ApiKey, names: Mapping[str, str], clock: Clock) -> KeyView:
    return KeyView(
        id=str(key.id),
        name=key.name,
        beginning=api_keys.beginning(key.id),
        author=members.name(key.created_by, names.get(key.created_by)),
        created=clock.moment(key.created_at),
        last_used=clock.moment(key.last_used_at) if key.last_used_at else None,
        revoked=clock.moment(key.revoked_at) if key.revoked_at else None,
    )
