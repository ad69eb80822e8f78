"""`make pictures`: every page and state at 1,440 and 360 pixels, in light and in dark."""

import shutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import httpx
from playwright.sync_api import Browser
from playwright.sync_api import Error as BrowserError

from gallery import sheets
from gallery.scenes import ALL
from gallery.scenes.scene import Scene
from gallery.shops import Shop
from gallery.windows import SCHEMES, SIZES, Size, Window, opened
from sandbox.browser import chromium
from sandbox.running import running_sandbox

FOLDER = Path(".sandbox/pictures")
T = TypeVar("T")
_REST_MS = 200  # for what moves until it stands
_FAILURES = (BrowserError, AssertionError, TimeoutError, httpx.HTTPError)


def main(words: Sequence[str]) -> int:
    """With words, only the scenes whose names contain one; all are played all the same."""
    began = time.monotonic()
    wanted = [scene for scene in ALL if _is_wanted(scene, words)]
    if not wanted:
        print(f"No scene is called {' or '.join(words)}.", file=sys.stderr)
        return 1
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with (
        running_sandbox(Path(".sandbox/gallery")) as found,
        httpx.Client(timeout=30, trust_env=False) as client,
        chromium() as browser,
    ):
        shop = Shop(found, client)
        failed = [sentence for scene in ALL for sentence in _play(browser, shop, scene, wanted)]
    sheets.write(wanted, FOLDER)
    number = len(list(FOLDER.glob("*.png")))
    print(f"{number} pictures in {time.monotonic() - began:.0f} s: {FOLDER / 'index.html'}")
    for sentence in failed:
        print(sentence, file=sys.stderr)
    return 1 if failed else 0


def _is_wanted(scene: Scene, words: Sequence[str]) -> bool:
    return not words or any(word.lower() in scene.name.lower() for word in words)


def _play(browser: Browser, shop: Shop, scene: Scene, wanted: list[Scene]) -> list[str]:
    """A sentence for each window in which it could not be brought about."""
    failed = [*_tried(scene.before, shop, f"“{scene.name}” could not be prepared")]
    for size in SIZES if scene in wanted else ():
        with opened(browser, size, shop) as window:
            failed += _tried(scene.enter, window, f"“{scene.name}” is not there at {size.name}")
            _take(window, scene, size)
    return [*failed, *_tried(scene.after, shop, f"“{scene.name}” could not be left")]


def _tried(act: Callable[[T], None], with_what: T, otherwise: str) -> list[str]:
    try:
        act(with_what)
    except _FAILURES as error:
        reason = " ".join(str(error).split("Call log:")[0].split())
        return [f"{otherwise}: {reason}"]
    return []


def _take(window: Window, scene: Scene, size: Size) -> None:
    """Of what is there; where the scene failed, to see why."""
    if scene.is_tall:
        window.grows()
    for scheme in SCHEMES:
        window.turns(scheme)
        window.page.wait_for_timeout(_REST_MS)
        window.page.screenshot(path=FOLDER / sheets.file_name(scene, size, scheme))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
