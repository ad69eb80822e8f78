"""The setup guide, step by step."""

from dataclasses import dataclass

from app.domain.setup_guides import STEPS, SetupGuide, Step
from app.views.links import Link


@dataclass(frozen=True)
class StepView:
    name: str
    title: str
    text: str
    is_done: bool
    is_open: bool
    links: tuple[Link, ...]


@dataclass(frozen=True)
class SetupGuideView:
    """What templates/home/_setup_guide.html draws."""

    steps: list[StepView]
    is_dismissed: bool

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def is_complete(self) -> bool:
        return self.done == len(self.steps)

    @property
    def is_behind(self) -> bool:
        """Whether nothing in it asks to be done: there is one primary action on a page."""
        return self.is_dismissed or self.is_complete


_WORDS: dict[Step, tuple[str, str]] = {
    "theme": (
        "Turn Earshot on in your theme",
        "Shopify opens your theme editor with Earshot switched on already: press Save there, and"
        " come back.",
    ),
    "look": (
        "Choose what cards look like",
        "Pick a theme, a place and a pace. A preview follows each change before shoppers see it.",
    ),
    "card": (
        "See the first card",
        "The next paid order makes one by itself. If you would rather not wait, send yourself a"
        " test card: it goes the whole way and ends in your preview, never in your store.",
    ),
}


def view(guide: SetupGuide, *, theme_editor: str, storefront: str) -> SetupGuideView:
    links: dict[Step, tuple[Link, ...]] = {
        "theme": (Link("Open theme editor", theme_editor, is_elsewhere=True),),
        "look": (Link("Choose the look", "/settings"),),
        "card": (
            Link("Send a test card", "/settings"),
            Link("View your store", storefront, is_elsewhere=True),
        ),
    }
    return SetupGuideView(
        [
            StepView(step, *_WORDS[step], step in guide.done, step == guide.next, links[step])
            for step in STEPS
        ],
        guide.is_dismissed,
    )
