"""Tells the theme where the app and its stream are, by metafields that the app embed prints."""

from datetime import timedelta

from app.config import Settings
from app.domain import progress
from app.domain.jobs import Job
from app.domain.progress import Addresses
from app.doors import Doors
from app.services import asking
from app.services.sync.steps import Step, finished
from app.shopify.installation import INSTALLATION, SET_METAFIELDS, metafield

_PAUSE = timedelta(days=7)


async def step(doors: Doors, job: Job) -> Step:
    owner = (await asking.ask(doors, job.shop, INSTALLATION)).id
    wanted = _of(doors.settings)
    await asking.ask(
        doors,
        job.shop,
        SET_METAFIELDS,
        metafields=[
            metafield(owner, "app_url", wanted.app_url),
            metafield(owner, "stream_url", wanted.stream_url),
        ],
    )
    return finished(wanted, _PAUSE)


def wanted(settings: Settings) -> bytes:
    """The progress of a shop whose theme knows the addresses of now."""
    return progress.encode(_of(settings))


def _of(settings: Settings) -> Addresses:
    return Addresses(settings.app_base_url, settings.stream_base_url)
