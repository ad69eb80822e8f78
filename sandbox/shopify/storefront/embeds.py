"""Draws the app embeds of a theme app extension where a theme would: at the end of the body."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liquid import Environment

from sandbox.shopify.state.numbers import stable_id

_SCHEMA = re.compile(r"{%-?\s*schema\s*-?%}(.*?){%-?\s*endschema\s*-?%}", re.DOTALL)
ASSETS = "/cdn/extensions"


class Metafield(str):
    """`{{ app.metafields.x.y }}` and `….value` both give the text, as in Shopify's Liquid."""

    def __getitem__(self, key: Any) -> Any:
        return str(self) if key == "value" else super().__getitem__(key)


@dataclass(frozen=True)
class Block:
    handle: str
    liquid: str
    schema: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.schema.get("name", self.handle))

    @property
    def defaults(self) -> dict[str, Any]:
        settings = self.schema.get("settings", [])
        return {one["id"]: one.get("default") for one in settings if "id" in one}


def app_embeds(extension: Path, globals_: dict[str, Any]) -> str:
    """HTML of every block whose schema targets the body; empty without an extension."""
    drawn = (
        _drawn(block, extension, globals_)
        for block in body_blocks(extension)
        if _is_available(block, globals_)
    )
    return "\n".join(drawn)


def body_blocks(extension: Path) -> list[Block]:
    return [block for block in _blocks(extension) if block.schema.get("target") == "body"]


def _blocks(extension: Path) -> Iterator[Block]:
    for file in sorted((extension / "blocks").glob("*.liquid")):
        text = file.read_text()
        found = _SCHEMA.search(text)
        schema = json.loads(found[1]) if found else {}
        yield Block(file.stem, _SCHEMA.sub("", text), schema)


def _is_available(block: Block, globals_: dict[str, Any]) -> bool:
    """`available_if` of the schema: nothing is drawn unless it prints `true`."""
    condition = block.schema.get("available_if")
    return condition is None or Environment().from_string(condition).render(**globals_) == "true"


def _drawn(block: Block, extension: Path, globals_: dict[str, Any]) -> str:
    drawn = (
        _environment(extension, globals_.get("request", {}).get("locale", {}).get("iso_code", ""))
        .from_string(block.liquid)
        .render(**globals_, block={"id": block.handle, "settings": block.defaults})
    )
    number = stable_id("block", block.handle)
    opening = f'<div id="shopify-block-{number}" class="shopify-block shopify-app-block">'
    return f"{opening}{drawn}{_files(block.schema)}</div>"


def _files(schema: dict[str, Any]) -> str:
    """What a schema's `stylesheet` and `javascript` make the theme load."""
    tags = []
    if "stylesheet" in schema:
        tags.append(f'<link rel="stylesheet" href="{asset_url(schema["stylesheet"])}">')
    if "javascript" in schema:
        tags.append(f'<script src="{asset_url(schema["javascript"])}" defer></script>')
    return "".join(tags)


def asset_url(name: str) -> str:
    return f"{ASSETS}/{name}"


def _environment(extension: Path, locale: str) -> Environment:
    environment = Environment()
    words = _words(extension / "locales", locale)
    environment.filters["asset_url"] = asset_url
    environment.filters["json"] = lambda value: json.dumps(value, default=str)
    environment.filters["script_tag"] = lambda url: f'<script src="{url}"></script>'
    environment.filters["stylesheet_tag"] = lambda url: f'<link rel="stylesheet" href="{url}">'
    environment.filters["t"] = lambda key: _translation(words, key)
    return environment


def _words(folder: Path, locale: str) -> Any:
    """The extension's own in the page's language, else in the one it was written in."""
    for name in (f"{locale}.json", "en.default.json"):
        if (folder / name).is_file():
            return json.loads((folder / name).read_text())
    return {}


def _translation(words: Any, key: str) -> str:
    for part in key.split("."):
        words = words.get(part, {}) if isinstance(words, dict) else {}
    return words if isinstance(words, str) else f"Translation missing: en.{key}"
