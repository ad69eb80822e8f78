"""A rule is tried out on what really happened: nothing is saved, and nobody hears of it."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from app.data import notifications
from app.domain.notifications import Facts, Notification
from app.domain.rehearsals import Rehearsal
from app.domain.rules import Filters, Rule, Selection, Wish
from app.services import rehearsing
from tests.cast import ALBA, line_item, order
from tests.services.chain import Chain
from tests.services.reactions.shops import Talk
from tests.services.replaying.derived import snapshot
from tests.services.replaying.histories import live_through


@pytest.fixture
async def alba(chain: Chain) -> Talk:
    await chain.install()
    talk = Talk(chain)
    await talk.stocks(5)
    return talk


async def rehearse(alba: Talk, kind: str, **wish: Any) -> Rehearsal:
    rule = msgspec.structs.replace(await alba.rule(kind), enabled=False, wish=Wish(**wish))
    return await rehearsing.rehearse(alba.chain.doors, ALBA, rule, "24h")


async def sells(alba: Talk, *numbers: int, **changes: Any) -> None:
    for number in numbers:
        lines = [line_item(number * 10)]
        await alba.chain.tell("orders/create", order(id=number, line_items=lines, **changes))


def facts(told: Iterable[Notification]) -> set[tuple[str, Facts, str]]:
    return {(each.subject, each.facts, each.state) for each in told}
