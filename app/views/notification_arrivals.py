"""What a list has more than the page that shows it: said, but not put between what is read."""

from dataclasses import dataclass

from app.domain.notification_filters import Filter
from app.views import notification_addresses

# As far as they are counted.
MOST = 100


@dataclass(frozen=True)
class Arrivals:
    """What templates/notifications/_arrivals.html draws."""

    number: int
    wanted: Filter

    @property
    def label(self) -> str:
        return f"{self.number} new" if self.number < MOST else f"{MOST - 1}+ new"

    @property
    def path(self) -> str:
        """The beginning of the list, where the newest are."""
        return notification_addresses.of(self.wanted)
