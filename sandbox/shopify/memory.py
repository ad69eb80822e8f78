"""What outlives the stand-in: who has the app, what the app keeps there, and its tokens.

A real Shopify does not forget an installation because a process was started again, and an app that
wrote its metafields once has no reason to write them twice.
"""

import asyncio
from pathlib import Path

import msgspec

from sandbox.shopify.admin_api.tokens import Grant, Tokens
from sandbox.shopify.state.installations import Installation
from sandbox.shopify.state.world import World

PAUSE = 0.5


class OfShop(msgspec.Struct):
    installation: Installation | None
    embed_active: bool


class Remembered(msgspec.Struct):
    shops: dict[str, OfShop]
    grants: list[Grant]


class Memory:
    """`file` is None for a stand-in that forgets."""

    def __init__(self, file: Path | None, world: World, tokens: Tokens) -> None:
        self._file = file
        self._world = world
        self._tokens = tokens
        self._written = b""
        self._task: asyncio.Task[None] | None = None

    def take(self) -> Remembered:
        shops = {
            shop.domain: OfShop(shop.installation, shop.embed_active)
            for shop in self._world.shops.values()
        }
        return Remembered(shops, self._tokens.grants)

    def give_back(self, remembered: Remembered) -> None:
        for domain, of_shop in remembered.shops.items():
            shop = self._world.shop(domain)
            shop.installation = of_shop.installation
            shop.embed_active = of_shop.embed_active
        self._tokens.grants = remembered.grants

    def start(self) -> None:
        """Recalls what the file holds, and from now on writes down what changes."""
        if self._file is not None:
            self._recall(self._file)
            self._task = asyncio.create_task(self._keep_up(self._file))

    def stop(self) -> None:
        if self._file is not None and self._task is not None:
            self._task.cancel()
            self._write(self._file)

    def _recall(self, file: Path) -> None:
        """A file of another version, or none, is as good as no memory."""
        try:
            self.give_back(msgspec.json.decode(file.read_bytes(), type=Remembered))
        except (FileNotFoundError, msgspec.DecodeError):
            return

    async def _keep_up(self, file: Path) -> None:
        while True:
            await asyncio.sleep(PAUSE)
            self._write(file)

    def _write(self, file: Path) -> None:
        content = msgspec.json.encode(self.take())
        if content == self._written:
            return
        fresh = file.with_suffix(".new")
        fresh.touch(mode=0o600)  # there are tokens in it
        fresh.write_bytes(content)
        fresh.replace(file)
        self._written = content
