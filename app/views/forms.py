"""A form as templates draw it: what stands in each field, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Form:
    """Fields by their names, `pacing.gap`; where something is wrong with them, as typed."""

    values: Values
    problems: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str:
        values = self.values.get(name, ())
        return values[0] if values else ""

    def chosen(self, name: str) -> Sequence[str]:
        """The choices of a group, or of a checkbox, that are on."""
        return self.values.get(name, ())

    def problem(self, name: str) -> str:
        """A sentence for the merchant, or nothing."""
        return self.problems.get(name, "")

    @property
    def problems_title(self) -> str:
        number = len(self.problems)
        return "There is one problem" if number == 1 else f"There are {number} problems"
