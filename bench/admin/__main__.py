"""`make bench-admin`: fails where a page is slower, heavier or less steady than promised."""

import sys
from pathlib import Path

from bench.admin import first_views, flows, installs, limits, previews, reports
from sandbox.browser import chromium
from sandbox.running import running_sandbox

FOLDER = Path(".sandbox/bench-admin")
ROUNDS = 7
PAGES = (
    "/",
    "/notifications",
    "/rules",
    "/settings",
    "/settings/versions",
    "/api-keys",
    "/data-requests",
)


def main() -> int:
    with running_sandbox(FOLDER) as found, chromium() as browser:
        views = [first_views.measure(browser, found, path, ROUNDS) for path in PAGES]
        following = previews.measure(browser, found)
        walks = flows.walk(browser, found)
        installing = installs.measure(browser, found, ROUNDS)
    print(reports.table(views, walks, following, installing))
    broken = limits.broken(views, walks, following, installing)
    for sentence in broken:
        print(sentence, file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
