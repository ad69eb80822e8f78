"""Web processes for tests; registering all routes takes longer than most tests do."""

from collections.abc import Iterator
from contextlib import contextmanager

from litestar import Litestar

from app.doors import Doors
from app.main import create_web
from app.services.intake import Intake

_idle: list[Litestar] = []


@contextmanager
def lent(doors: Doors) -> Iterator[Litestar]:
    """One with these doors, which later tests get with others, unless it was given more routes."""
    web = _anew(_idle.pop(), doors) if _idle else create_web(doors)
    before = len(web.routes)
    yield web
    if len(web.routes) == before:
        _idle.append(web)


def _anew(web: Litestar, doors: Doors) -> Litestar:
    web.state.update({"doors": doors, "intake": Intake(doors.data)})
    return web
