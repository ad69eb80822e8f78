"""How a shop's work stands, in the few facts that a merchant may want to know."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from app.domain import jobs, progress
from app.domain.jobs import JobState
from app.domain.passes import Pass
from app.domain.progress import Access, Sources


class Catalogue(msgspec.Struct, frozen=True):
    """`products` and the others are what is known now; `read` is how many products the pass of now
    has read, None between two passes. `read_at` is when the last one ended; None before the first.
    """

    products: int
    variants: int
    collections: int
    read: int | None
    read_at: datetime | None
    problem: str | None


class SyncOverview(msgspec.Struct, frozen=True):
    """`silent` maps webhook topics that Shopify has news of, but did not send, to when that news is
    of; `problems` are sentences by kind of work, for what could not be done last time."""

    catalogue: Catalogue
    missing_scopes: tuple[str, ...]
    silent: dict[str, datetime]
    problems: dict[str, str]


def of(
    states: Mapping[str, JobState], products: int, variants: int, collections: int
) -> SyncOverview:
    reading = states.get(jobs.CATALOGUE)
    at = progress.decode(reading.progress, Pass) if reading else Pass()
    return SyncOverview(
        catalogue=Catalogue(
            products,
            variants,
            collections,
            read=at.products if at.part else None,
            read_at=reading.finished_at if reading else None,
            problem=reading.problem if reading else None,
        ),
        missing_scopes=_kept(states, jobs.ACCESS, Access).missing,
        silent=_kept(states, jobs.WEBHOOKS, Sources).silent,
        problems={kind: state.problem for kind, state in states.items() if state.problem},
    )


def _kept(
    states: Mapping[str, JobState], kind: str, shape: type[progress.Progress]
) -> progress.Progress:
    state = states.get(kind)
    return progress.decode(state.progress if state else b"{}", shape)
