"""A pass over a shop's catalogue: what it reads anew, and what it only looks for changes of."""

from datetime import UTC, datetime, timedelta

from app.domain import passes
from app.domain.passes import Pass

NIGHT = datetime(2026, 11, 21, 3, tzinfo=UTC)
DAY = timedelta(days=1)


def gone_through(at: Pass, denied: tuple[str, ...] = ()) -> tuple[Pass, set[str]]:
    """The pass when it is done, and the parts of which all was asked for."""
    whole = set()
    while at.part is not None:
        if at.searches_since is None:
            whole.add(str(at.part))
        is_denied = at.part in denied
        at = passes.without(at, "Denied.") if is_denied else passes.next_part(at)
    return at, whole & {"products", "variants", "levels"}


def test_the_first_pass_reads_all_and_the_next_one_changes() -> None:
    first, whole = gone_through(passes.begun(Pass(), NIGHT))
    assert whole == {"products", "variants", "levels"}
    _, whole = gone_through(passes.begun(first, NIGHT + DAY))
    assert whole == set()


def test_a_part_that_was_denied_is_read_whole_by_the_next_pass_and_the_others_are_not() -> None:
    first, _ = gone_through(passes.begun(Pass(), NIGHT), denied=("variants",))
    second, whole = gone_through(passes.begun(first, NIGHT + DAY))
    assert whole == {"variants"}
    _, whole = gone_through(passes.begun(second, NIGHT + 2 * DAY))
    assert whole == set()


def test_what_hangs_on_a_part_that_was_denied_is_read_whole_too() -> None:
    first, _ = gone_through(passes.begun(Pass(), NIGHT), denied=("locations",))
    _, whole = gone_through(passes.begun(first, NIGHT + DAY))
    assert whole == {"levels"}


def test_a_part_that_stays_denied_is_read_whole_once_it_is_not() -> None:
    at, _ = gone_through(passes.begun(Pass(), NIGHT), denied=("levels",))
    for night in range(1, 4):
        at, _ = gone_through(passes.begun(at, NIGHT + night * DAY), denied=("levels",))
    _, whole = gone_through(passes.begun(at, NIGHT + 5 * DAY))
    assert whole == {"levels"}
