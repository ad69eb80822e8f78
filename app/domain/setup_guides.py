"""The steps from an installation to the first card; each is done when facts say so."""

from typing import Literal

import msgspec

Step = Literal["theme", "look", "card"]
STEPS: tuple[Step, ...] = ("theme", "look", "card")


class SetupGuide(msgspec.Struct, frozen=True, kw_only=True):
    """A card is seen when there was one for shoppers, or a test card for the merchant."""

    is_in_theme: bool
    has_saved_settings: bool
    has_seen_card: bool
    is_dismissed: bool

    @property
    def done(self) -> frozenset[Step]:
        facts = zip(
            STEPS, (self.is_in_theme, self.has_saved_settings, self.has_seen_card), strict=True
        )
        return frozenset(step for step, is_done in facts if is_done)

    @property
    def next(self) -> Step | None:
        return next((step for step in STEPS if step not in self.done), None)
