"""What the admin's pages promise."""

from collections.abc import Iterable, Iterator

from bench.admin.first_views import FirstView
from bench.admin.flows import Walk
from bench.admin.installs import Installing
from bench.admin.previews import Following

LAYOUT_SHIFT = 0.02
PAINT_OVER_EMPTY_MS = 300.0
FIRST_VIEW_BYTES = 60_000
INTERACTION_MS = 100.0
PREVIEW_MS = 150.0
INSTALL_MS = 2_000.0


def broken(
    views: Iterable[FirstView], walks: Iterable[Walk], following: Following, installing: Installing
) -> list[str]:
    """A sentence for each promise that does not hold."""
    return [
        *_broken_by_views(views),
        *_broken_by_walks(walks),
        *_broken_by_preview(following),
        *_broken_by_install(installing),
    ]


def _broken_by_views(views: Iterable[FirstView]) -> Iterator[str]:
    for view in views:
        if view.paint <= 0:
            yield f"{view.path}: the browser reported no largest contentful paint."
        if view.over_empty > PAINT_OVER_EMPTY_MS:
            yield f"{view.path}: painted {view.over_empty:.0f} ms after an empty page."
        if view.shift > LAYOUT_SHIFT:
            yield f"{view.path}: layout shift {view.shift:.3f}."
        if view.bytes > FIRST_VIEW_BYTES:
            yield f"{view.path}: {view.bytes:,} bytes at the first view."


def _broken_by_walks(walks: Iterable[Walk]) -> Iterator[str]:
    for walk in walks:
        if not walk.inputs:
            yield f"{walk.name}: no input reached the page."
        if walk.slowest > INTERACTION_MS:
            yield f"{walk.name}: an interaction took {walk.slowest:.0f} ms."
        if walk.shift > LAYOUT_SHIFT:
            yield f"{walk.name}: layout shift {walk.shift:.3f}."


def _broken_by_preview(following: Following) -> Iterator[str]:
    if following.p95 > PREVIEW_MS:
        yield f"preview: one key in twenty was followed after {following.p95:.0f} ms or more."


def _broken_by_install(installing: Installing) -> Iterator[str]:
    if installing.median > INSTALL_MS:
        yield f"install: home was there {installing.median:.0f} ms after consent."
