"""All pictures on one page, to look them through."""

from collections.abc import Iterable
from html import escape
from pathlib import Path

from gallery.scenes.scene import Scene
from gallery.windows import KINDS, Kind

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem; background: #8a8a8a; }
section { display: flex; gap: 1rem; align-items: start; overflow-x: auto; padding-bottom: 2rem; }
img { height: 30rem; box-shadow: 0 2px 12px #0008; }
"""


def file_name(scene: Scene, kind: Kind) -> str:
    words = "".join(letter if letter.isalnum() else " " for letter in scene.name.lower())
    return f"{'-'.join(words.split())}-{kind.name}.png"


def write(scenes: Iterable[Scene], folder: Path) -> None:
    """`index.html` beside the pictures."""
    body = "\n".join(_section(scene) for scene in scenes)
    document = '<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Pictures</title>'
    (folder / "index.html").write_text(f"{document}<style>{_STYLE}</style>\n{body}\n</html>\n")


def _section(scene: Scene) -> str:
    heading = f"<h2>{escape(scene.name)} <small><code>{escape(scene.page)}</code></small></h2>"
    pictures = "".join(
        f'<a href="{name}"><img src="{name}" alt="{escape(scene.name)}, {kind.name}"></a>'
        for kind in KINDS
        for name in [file_name(scene, kind)]
    )
    return f"{heading}<section>{pictures}</section>"
