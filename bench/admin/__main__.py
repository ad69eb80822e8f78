"""`make bench-admin`: fails where a page is slower, heavier or less steady than promised."""

import sys
from pathlib import Path

from bench.admin import first_views, flows, limits, previews, reports
from bench.admin.browsing import chromium
from sandbox.running import running_sandbox

FOLDER = Path(".sandbox/bench-admin")
ROUNDS = 7
PAGES = ("/", "/notifications", "/settings", "/settings/versions", "/api-keys", "/data-requests")


def main() -> int:
    with running_sandbox(FOLDER) as found, chromium() as browser:
        views = [first_views.measure(browser, found, path, ROUNDS) for path in PAGES]
        following = previews.measure(browser, found)
        walks = flows.walk(browser, found)
    print(reports.table(views, walks, following))
    broken = limits.broken(views, walks, following)
    for sentence in broken:
        print(sentence, file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
