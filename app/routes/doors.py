"""How handlers reach what was opened at start-up."""

from litestar.datastructures import State

from app.doors import Doors


def doors_of(state: State) -> Doors:
    """The dependency `doors`."""
    doors: Doors = state.doors
    return doors
