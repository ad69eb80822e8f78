"""The arrows between the rooms, over the imports of every file."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

APP = Path(__file__).parents[1] / "app"
DOORS = {"data", "eventlog", "live", "shopify"}
# What is written on every wall: settings, sentences for what went wrong, log lines and counters.
EVERYWHERE = {"errors", "telemetry"}

MAY_IMPORT = {
    "domain": set(),
    **{door: {"domain", "config"} for door in DOORS},
    "services": {"domain", "config", "doors", *DOORS},
    "views": {"domain"},
    "routes": {"services", "views", "domain", "config", "doors", *DOORS},
    "workers": {"services", "domain", "config", "doors", *DOORS},
    "doors": {"config", "data", "live", "shopify"},
    "config": set(),
    "errors": set(),
    "telemetry": set(),
}
# The wiring knows everything.
WIRING = {"main", "cli", "cli_dead_letters", "cli_replay", "operating", "serving"}
# The only room that knows a library.
KNOWN_BY = {
    "asyncpg": {"data"},
    "piccolo": {"data"},
    "redis": {"live"},
    "aiokafka": {"eventlog"},
    "cryptography": {"data"},
    "jwt": {"shopify"},
    "httpx": {"shopify"},
    "jinja2": {"views"},
}


def _files() -> list[Path]:
    return sorted(APP.rglob("*.py"))


def _room(file: Path) -> str:
    return file.relative_to(APP).parts[0].removesuffix(".py")


def _imported(file: Path) -> Iterator[str]:
    """Modules by their dotted names, `from app import x` being `app.x`."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module == "app":
                yield from (f"app.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("file", _files(), ids=lambda file: str(file.relative_to(APP)))
def test_a_room_imports_only_where_its_arrows_lead(file: Path) -> None:
    room = _room(file)
    if room in WIRING or room == "__init__":
        return
    for module in _imported(file):
        if module.startswith("app."):
            target = module.split(".")[1]
            assert target in {room, *EVERYWHERE, *MAY_IMPORT[room]}, f"{room} imports {module}"


@pytest.mark.parametrize("file", _files(), ids=lambda file: str(file.relative_to(APP)))
def test_a_library_is_known_to_its_door_alone(file: Path) -> None:
    room = _room(file)
    for module in _imported(file):
        rooms = KNOWN_BY.get(module.split(".")[0])
        assert rooms is None or room in rooms, f"{room} imports {module}"


def test_the_app_knows_nothing_of_the_sandbox() -> None:
    for file in _files():
        assert not any(module.split(".")[0] == "sandbox" for module in _imported(file)), file


def test_the_stand_in_for_shopify_knows_nothing_of_the_app() -> None:
    files = list((APP.parent / "sandbox").rglob("*.py"))
    assert files
    for file in files:
        assert not any(module.split(".")[0] == "app" for module in _imported(file)), file
