"""What commands share: settings read, doors opened, and one sentence where that cannot be."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from typing import NoReturn, TypeVar

import click

from app import config, doors
from app.config import Settings
from app.doors import Doors
from app.errors import (
    AddressTaken,
    DatabaseRoleMissing,
    DataUnavailable,
    RowLevelSecurityWouldNotHold,
    ScratchTablesRefused,
    SettingInvalid,
)

CANNOT_START = (
    AddressTaken,
    SettingInvalid,
    DatabaseRoleMissing,
    RowLevelSecurityWouldNotHold,
    ScratchTablesRefused,
    DataUnavailable,
)

Found = TypeVar("Found")


def read_settings() -> Settings:
    try:
        return config.read(os.environ)
    except SettingInvalid as error:
        stop_with(error)


def having_opened(work: Callable[[Doors], Awaitable[Found]]) -> Found:
    """What `work` finds with all doors open."""
    settings = read_settings()

    async def open_and_work() -> Found:
        async with doors.opened(settings) as opened:
            return await work(opened)

    try:
        return asyncio.run(open_and_work())
    except CANNOT_START as error:
        stop_with(error)


def stop_with(error: Exception) -> NoReturn:
    click.echo(str(error), err=True)
    sys.exit(2)
