"""All scenes in the order in which they are played: each begins where the one before it ended."""

from gallery.scenes import (
    arrival,
    dead_letters,
    farewell,
    home,
    keys,
    notifications,
    outages,
    privacy,
    rules,
    settings,
    storefront,
    versions,
)
from gallery.scenes.scene import Scene

ALL: tuple[Scene, ...] = (
    *privacy.NOTHING_YET,
    *arrival.SCENES,
    *home.NOTHING_YET,
    *notifications.NOTHING_YET,
    *versions.NOTHING_YET,
    *storefront.FIRST,
    *home.SCENES,
    *notifications.SCENES,
    *keys.SCENES,
    *privacy.SCENES,
    *rules.SCENES,
    *dead_letters.NOTHING_YET,
    *dead_letters.SCENES,
    *settings.SCENES,
    *versions.SCENES,
    *notifications.ODD_TITLES,
    *storefront.LOOKS,
    *outages.SCENES,
    *farewell.SCENES,
)
