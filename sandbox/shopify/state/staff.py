"""People who work in a shop's admin."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Staff:
    """`key` names one in addresses and control JSON: the first name in lower case."""

    id: int
    first_name: str
    last_name: str
    email: str
    is_owner: bool = False

    @property
    def key(self) -> str:
        return self.first_name.lower()

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"
