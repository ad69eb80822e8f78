"""All scenes in the order in which they are played: each begins where the one before it ended."""

from gallery.scenes import arrival, home, keys, notifications, privacy, settings, storefront
from gallery.scenes.scene import Scene

ALL: tuple[Scene, ...] = (
    *arrival.SCENES,
    *home.SCENES,
    *settings.SCENES,
    *notifications.SCENES,
    *keys.SCENES,
    *privacy.SCENES,
    *storefront.SCENES,
    *arrival.FAREWELL,
)
