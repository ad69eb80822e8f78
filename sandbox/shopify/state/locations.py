"""Where a shop keeps its goods."""

from dataclasses import dataclass
from datetime import datetime


@dataclass
class Location:
    id: int
    name: str
    created_at: datetime
    is_active: bool = True
