"""The figures as tables."""

from collections.abc import Iterable

from bench.admin.first_views import FirstView
from bench.admin.flows import Walk
from bench.admin.installs import Installing
from bench.admin.previews import Following

_VIEWS = "{:<22}{:>10}{:>10}{:>10}{:>10}{:>12}"
_WALKS = "{:<32}{:>14}{:>10}{:>10}"


def table(
    views: Iterable[FirstView], walks: Iterable[Walk], following: Following, installing: Installing
) -> str:
    lines = [_VIEWS.format("first view", "LCP ms", "empty", "over", "CLS", "bytes")]
    lines += [
        _VIEWS.format(
            view.path,
            f"{view.paint:.0f}",
            f"{view.empty_paint:.0f}",
            f"{view.over_empty:+.0f}",
            f"{view.shift:.3f}",
            f"{view.bytes:,}",
        )
        for view in views
    ]
    lines += ["", _WALKS.format("flow", "inputs", "INP ms", "CLS")]
    lines += [
        _WALKS.format(walk.name, str(walk.inputs), _interaction(walk.slowest), f"{walk.shift:.3f}")
        for walk in walks
    ]
    lines += [
        "",
        f"preview follows a key, of {following.keys}: median {following.median:.0f} ms,"
        f" p95 {following.p95:.0f} ms",
        f"install, of {installing.rounds}: home {installing.median:.0f} ms after consent (median)",
    ]
    return "\n".join(lines)


def _interaction(slowest: float) -> str:
    return f"{slowest:.0f}" if slowest else "< 16"
