"""`make pictures`: every page and state at 1,440 and 360 pixels, in light and in dark."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import httpx
from playwright.sync_api import Browser
from playwright.sync_api import Error as BrowserError

from gallery import sheets
from gallery.scenes import ALL
from gallery.scenes.scene import Scene
from gallery.shops import Shop
from gallery.windows import KINDS, Kind, chromium, opened
from sandbox.running import running_sandbox

FOLDER = Path(".sandbox/pictures")
_REST_MS = 400  # for what moves until it stands


def main(words: Sequence[str]) -> int:
    """With words, only the scenes whose names contain one; all are played all the same."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with (
        running_sandbox(Path(".sandbox/gallery")) as found,
        httpx.Client(timeout=30, trust_env=False) as client,
        chromium() as browser,
    ):
        shop = Shop(found, client)
        wanted = [scene for scene in ALL if _is_wanted(scene, words)]
        failed = [sentence for scene in ALL for sentence in _play(browser, shop, scene, wanted)]
    sheets.write(wanted, FOLDER)
    print(f"{len(list(FOLDER.glob('*.png')))} pictures: {FOLDER / 'index.html'}")
    for sentence in failed:
        print(sentence, file=sys.stderr)
    return 1 if failed else 0


def _is_wanted(scene: Scene, words: Sequence[str]) -> bool:
    return not words or any(word.lower() in scene.name.lower() for word in words)


def _play(browser: Browser, shop: Shop, scene: Scene, wanted: list[Scene]) -> list[str]:
    """A sentence for each window in which it could not be brought about."""
    scene.before(shop)
    failed = []
    for kind in KINDS if scene in wanted else ():
        try:
            _take(browser, shop, scene, kind)
        except (BrowserError, AssertionError, TimeoutError, httpx.HTTPError) as error:
            failed.append(f"{scene.name} ({kind.name}): {str(error).splitlines()[0]}")
    scene.after(shop)
    return failed


def _take(browser: Browser, shop: Shop, scene: Scene, kind: Kind) -> None:
    with opened(browser, kind, shop) as window:
        scene.enter(window)
        if scene.is_tall:
            window.grows()
        window.page.wait_for_timeout(_REST_MS)
        window.page.screenshot(path=FOLDER / sheets.file_name(scene, kind))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
