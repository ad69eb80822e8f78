"""All pictures on one page, to look them through."""

from collections.abc import Iterable
from html import escape
from itertools import groupby
from pathlib import Path

from gallery.scenes.scene import Scene
from gallery.windows import SCHEMES, SIZES, Scheme, Size

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem; background: #8a8a8a; }
nav { display: flex; flex-wrap: wrap; gap: 1rem; }
a { color: inherit; }
section { display: flex; gap: 1rem; align-items: start; overflow-x: auto; padding-bottom: 2rem; }
img { height: 30rem; box-shadow: 0 2px 12px #0008; }
"""


def file_name(scene: Scene, size: Size, scheme: Scheme) -> str:
    words = "".join(letter if letter.isalnum() else " " for letter in scene.name.lower())
    tail = "" if scheme == "light" else f"-{scheme}"
    return f"{'-'.join(words.split())}-{size.name}{tail}.png"


def write(scenes: Iterable[Scene], folder: Path) -> None:
    """`index.html` beside the pictures, page by page."""
    by_page = groupby(sorted(scenes, key=_page), key=_page)
    pages = {page: "\n".join(map(_section, found)) for page, found in by_page}
    links = "".join(f'<a href="#{escape(page)}">{escape(page)}</a>' for page in pages)
    body = "\n".join(
        f'<h2 id="{escape(page)}">{escape(page)}</h2>\n{found}' for page, found in pages.items()
    )
    head = '<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Pictures</title>'
    document = f"{head}<style>{_STYLE}</style>\n<nav>{links}</nav>\n{body}\n</html>\n"
    (folder / "index.html").write_text(document)


def _page(scene: Scene) -> str:
    return scene.page


def _section(scene: Scene) -> str:
    pictures = "".join(
        f'<a href="{name}"><img src="{name}" alt="{escape(scene.name)}, {size.name}, {scheme}"'
        ' loading="lazy"></a>'
        for scheme in SCHEMES
        for size in SIZES
        for name in [file_name(scene, size, scheme)]
    )
    return f"<h3>{escape(scene.name)}</h3><section>{pictures}</section>"
